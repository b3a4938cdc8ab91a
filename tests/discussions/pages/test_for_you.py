"""For you: the ranking by itself, the reasons, and that nothing hidden is offered."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.membership import join_space
from community.spaces.models import Space
from discussions.pages import for_you as module
from discussions.pages.for_you import Candidate, for_you, rank
from discussions.reading.actions import read_topic
from discussions.reading.models import Visit
from discussions.tags.actions import prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.topics.actions import close_topic
from discussions.topics.models import Kind
from tests.factories.discussions import make_answer, make_topic

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TITLE = re.compile(r'<a class="title" href="[^"]*" dir="auto">([^<]*)</a>')


def candidate(topic_id: int, days: float = 0, **ties: bool | int) -> Candidate:
    at = NOW - timedelta(days=days)
    return Candidate(topic_id, at, **ties)  # type: ignore[arg-type]  # a bool or a count each


def ids(candidates: list[Candidate], places: int = 20) -> list[int]:
    return [one.topic_id for one in rank(candidates, now=NOW, places=places)]


def test_worth_halves_in_four_days() -> None:
    worths = [candidate(1, days, follows=True).worth(NOW) for days in (-1, 0, 4, 8)]
    assert worths == [2, 2, 1, 0.5]


def test_ties_count_in_this_order() -> None:
    offered = [
        candidate(1, in_space=True),
        candidate(2, follows=True, in_space=True),
        candidate(3, answered=7, follows=True, in_space=True),
        candidate(4, follows=True),
    ]
    assert ids(offered) == [3, 2, 4, 1]


def test_every_third_place_is_for_a_question_that_waits() -> None:
    others = [candidate(number, days=number / 9, in_space=True) for number in range(1, 8)]
    waiting = [
        candidate(number, days=number, is_waiting=True, answered=1) for number in (11, 12, 13)
    ]
    assert ids(others + waiting) == [1, 2, 11, 3, 4, 12, 5, 6, 13, 7]
    assert ids(others + waiting, places=4) == [1, 2, 11, 3]


def test_best_waiting_question_gets_no_more_than_its_share() -> None:
    others = [candidate(number, days=20) for number in (1, 2)]
    waiting = [candidate(number, is_waiting=True, answered=50) for number in (11, 12)]
    assert ids(waiting + others) == [2, 1, 12, 11]


@pytest.mark.parametrize("is_waiting", [True, False])
def test_places_of_a_kind_that_ran_out_go_to_the_other(is_waiting: bool) -> None:
    offered = [candidate(number, is_waiting=is_waiting) for number in (1, 2, 3, 4)]
    assert ids(offered) == [4, 3, 2, 1]
    assert ids([]) == []


def reasons(viewer: User) -> dict[str, str]:
    return {row.title: row.reason for row in for_you(viewer)}


def test_each_row_says_why_it_is_there(
    space: Space, closed: Space, ada: User, ben: User, zed: User
) -> None:
    for _ in range(2):
        make_answer(make_topic(space, by=ada, tags=["vpn"], kind=Kind.QUESTION), by=zed)
    make_topic(space, by=ben, title="Waits", tags=["vpn"])
    make_topic(space, by=ben, title="Followed", tags=["cats"], kind=Kind.DISCUSSION)
    make_topic(space, by=ben, title="Other", tags=["dogs"], kind=Kind.DISCUSSION)
    prefer_tag(Tag.objects.get(name="cats"), by=zed, level=TagPreference.Level.FOLLOW)
    assert reasons(zed) == {
        "Waits": "You have answered 2 questions on vpn",
        "Followed": "You follow cats",
    }
    join_space(space, by=zed)
    assert reasons(zed)["Other"] == "You belong to Workshop"


def test_what_is_read_own_old_closed_or_muted_is_left_out(
    space: Space, mia: User, ada: User
) -> None:
    talk = Kind.DISCUSSION
    read_topic(make_topic(space, by=ada, title="Read", kind=talk), by=mia)
    make_topic(space, by=mia, title="Own")
    make_topic(space, by=ada, title="Old", at=timezone.now() - timedelta(days=31))
    close_topic(make_topic(space, by=ada, title="Closed"), by=mia, reason="Done")
    make_topic(space, by=ada, title="Muted", tags=["noise"])
    prefer_tag(Tag.objects.get(name="noise"), by=mia, level=TagPreference.Level.MUTE)
    waiting = make_topic(space, by=ada, title="Waits, though read")
    read_topic(waiting, by=mia)
    assert list(reasons(mia)) == ["Waits, though read"]


def test_stranger_is_offered_nothing_of_closed_and_secret_spaces(
    client: Client, closed: Space, secret: Space, space: Space, ada: User, ben: User, zed: User
) -> None:
    for place in (closed, secret):
        assert not place.memberships.filter(person=zed).exists()
        make_topic(place, by=ada, title="Canary", tags=["vpn"])
    make_topic(space, by=ada, title="Open", tags=["vpn"])
    for person in (ben, zed):
        prefer_tag(Tag.objects.get(name="vpn"), by=person, level=TagPreference.Level.FOLLOW)
    assert sorted(row.title for row in for_you(ben)) == ["Canary", "Canary", "Open"]
    assert [row.title for row in for_you(zed)] == ["Open"]
    client.force_login(zed)
    for order in ("for-you", "unread", "unanswered", "popular"):
        assert "Canary" not in client.get(f"/?order={order}").content.decode()


def test_what_came_since_the_last_visit_stands_above_the_line(
    space: Space, mia: User, ada: User
) -> None:
    now = timezone.now()
    for days in (3, 1):
        make_topic(space, by=ada, title=f"{days} days", at=now - timedelta(days=days))
    space.memberships.update(joined_at=now - timedelta(days=9))
    Visit.objects.create(person=mia, last_at=now, before_at=now - timedelta(days=2))
    rows = for_you(mia)
    assert [(row.title, row.last_visit is not None) for row in rows] == [
        ("1 days", False),
        ("3 days", True),
    ]


def test_tabs_of_today(client: Client, space: Space, mia: User, ada: User, ben: User) -> None:
    talk = make_topic(space, by=ada, title="Talk", kind=Kind.DISCUSSION)
    make_topic(space, by=ada, title="Waits")
    make_answer(make_topic(space, by=ada, title="Answered"), by=ben)
    read_topic(talk, by=mia)
    client.force_login(mia)
    seen = {
        order: TITLE.findall(client.get(f"/?order={order}").content.decode())
        for order in ("for-you", "unread", "unanswered", "popular", "nonsense")
    }
    assert seen == {
        "for-you": ["Answered", "Waits"],
        "unread": ["Answered", "Waits"],
        "unanswered": ["Waits"],
        "popular": ["Answered", "Waits", "Talk"],
        "nonsense": ["Answered", "Waits"],
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_five_queries_and_has_an_end(
    space: Space,
    mia: User,
    ada: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
    handle_events: Callable[[], None],
) -> None:
    monkeypatch.setattr(module, "PLACES", 2)
    for _ in range(rows):
        make_answer(make_topic(space, by=ada, tags=["vpn", "more"]), by=mia)
        make_topic(space, by=ada, tags=["vpn", "more"])
    with django_assert_num_queries(5):
        assert len(for_you(mia)) == 2
