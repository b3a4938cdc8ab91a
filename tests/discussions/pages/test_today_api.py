"""What Today offers somebody, for programs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.following.actions import follow_person
from community.http.api.shapes import written
from community.spaces.membership import join_space
from community.spaces.models import Space
from discussions.reading.actions import read_topic
from discussions.reading.models import Visit
from discussions.tags.actions import prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.topics.models import Kind
from tests.factories.discussions import make_answer, make_reply, make_topic
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow


def reasons(person: User) -> dict[str, str]:
    rows = Program(person).get("/for-you").json()["results"]
    return {row["title"]: row["reason"] for row in rows}


def test_offered_topic_says_why_and_how_far_it_is_read(space: Space, ada: User, mia: User) -> None:
    talk = make_topic(space, by=ada, title="Talk", kind=Kind.DISCUSSION, tags=["vpn", "maps"])
    read_topic(talk, by=mia)
    make_reply(talk, by=ada)
    program = Program(mia)

    answer = program.get("/for-you").json()

    whole = program.get(f"/topics/{talk.public_id}").json()
    told = {name: whole[name] for name in whole.keys() - {"opening", "posts", "next"}}
    said = {"reason": "You belong to Workshop", "new_count": 1, "is_opened": True}
    assert answer == {"results": [told | said], "last_visit": None}
    assert told["author"] == "ada"


def test_reasons_are_those_of_the_page(space: Space, ada: User, ben: User, zed: User) -> None:
    for _ in range(2):
        make_answer(make_topic(space, by=ada, tags=["vpn"]), by=zed)
    make_topic(space, by=ben, title="Waits", tags=["vpn"])
    make_topic(space, by=ben, title="Followed", tags=["cats"], kind=Kind.DISCUSSION)
    make_topic(space, by=ben, title="Other", tags=["dogs"], kind=Kind.DISCUSSION)
    prefer_tag(Tag.objects.get(name="cats"), by=zed, level=TagPreference.Level.FOLLOW)
    expected = {"Waits": "You have answered 2 questions on vpn", "Followed": "You follow cats"}
    assert reasons(zed) == expected
    join_space(space, by=zed)
    assert reasons(zed)["Other"] == "You belong to Workshop"


def test_what_came_since_the_last_visit_stands_first(space: Space, mia: User, ada: User) -> None:
    now = timezone.now()
    for days in (1, 3):
        make_topic(space, by=ada, title=f"{days} days", at=now - timedelta(days=days))
    prefer_tag(Tag.objects.get(name="vpn"), by=mia, level=TagPreference.Level.FOLLOW)
    make_topic(space, by=ada, title="Not followed", tags=["maps"], at=now - timedelta(hours=1))
    visited = now - timedelta(hours=2)
    Visit.objects.create(person=mia, last_at=now, before_at=visited)

    answer = Program(mia).get("/for-you").json()

    assert [row["title"] for row in answer["results"]] == ["Not followed", "1 days", "3 days"]
    assert answer["last_visit"] == written(visited)


def test_nothing_hidden_is_offered(
    space: Space, closed: Space, secret: Space, ada: User, ben: User, zed: User, gil: User
) -> None:
    for place in (closed, secret):
        make_topic(place, by=ada, title=f"In {place.name}", tags=["vpn"])
    make_topic(space, by=ada, title="Open", tags=["vpn"])
    for person in (ben, zed, gil):
        prefer_tag(Tag.objects.get(name="vpn"), by=person, level=TagPreference.Level.FOLLOW)
    assert sorted(reasons(ben)) == ["In Backroom", "In Cellar", "Open"]
    assert list(reasons(zed)) == list(reasons(gil)) == ["Open"]
    assert Program(ben, "learning:read").get("/for-you").status_code == 403
    assert Client().get("/api/v1/for-you").status_code == 401


@pytest.mark.parametrize("rows", [1, 3])
def test_offers_cost_the_same_with_more_rows(
    space: Space,
    mia: User,
    ada: User,
    ben: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    handle_events: Callable[[], None],
) -> None:
    for _ in range(rows):
        make_answer(make_topic(space, by=ada, tags=["vpn", "more"]), by=mia)
        make_topic(space, by=ben, tags=["vpn", "more"])
    program = Program(mia)
    with django_assert_num_queries(6):
        assert len(program.get("/for-you").json()["results"]) == 2 * rows


def today(person: User, query: str = "") -> list[str]:
    answer = Program(person).get(f"/today{query}")
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


def test_lists_of_today_are_those_of_the_page(
    space: Space, mia: User, ada: User, ben: User
) -> None:
    talk = make_topic(space, by=ada, title="Talk", kind=Kind.DISCUSSION)
    make_topic(space, by=ada, title="Waits")
    make_answer(make_topic(space, by=ada, title="Answered"), by=ben)
    make_topic(space, by=ada, title="Muted", tags=["noise"])
    long_ago = timezone.now() - timedelta(days=8)
    make_topic(space, by=ada, title="Old", at=long_ago, kind=Kind.DISCUSSION)
    prefer_tag(Tag.objects.get(name="noise"), by=mia, level=TagPreference.Level.MUTE)
    read_topic(talk, by=mia)
    follow_person(ben, by=mia)

    assert today(mia) == today(mia, "?order=unread") == ["Answered", "Waits"]
    assert today(mia, "?order=unanswered") == ["Waits"]
    assert today(mia, "?order=following") == ["Answered"]
    assert sorted(today(mia, "?order=popular")) == ["Answered", "Talk", "Waits"]
    assert today(mia, "?order=popular&kind=discussion") == ["Talk"]
    assert today(mia, "?order=popular&space=workshop&tag=noise") == []
    assert today(ada, "?order=unanswered") == []
    for name in ("order", "kind", "state", "since", "what"):
        refused = Program(mia).get(f"/today?{name}=for-you")
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, name)


def test_pages_of_today_follow_each_other(space: Space, mia: User, ada: User) -> None:
    for number in range(3):
        make_topic(space, by=ada, title=f"Topic {number}")
    program = Program(mia)
    first = program.get("/today?order=unanswered&limit=2").json()
    second = program.get(first["next"].partition("/api/v1")[2]).json()
    titles = [row["title"] for page in (first, second) for row in page["results"]]
    assert titles == ["Topic 2", "Topic 1", "Topic 0"]


def test_nothing_hidden_is_listed_on_today(
    space: Space, secret: Space, ada: User, zed: User, gil: User
) -> None:
    make_topic(secret, by=ada, title="Deep")
    make_topic(space, by=ada, title="Open")
    assert sorted(today(ada, "?order=popular")) == ["Deep", "Open"]
    for person in (zed, gil):
        follow_person(ada, by=person)
        assert today(person, "?order=popular") == today(person, "?order=following") == ["Open"]
    hidden, missing = (Program(zed).get(f"/today?space={slug}") for slug in ("cellar", "zzzzzz"))
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert Client().get("/api/v1/today").status_code == 401


@pytest.mark.parametrize("rows", [1, 3])
def test_today_costs_the_same_with_more_rows(
    space: Space, mia: User, ada: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make_topic(space, by=ada, tags=["vpn", "more"])
    program = Program(mia)
    with django_assert_num_queries(3):
        assert len(program.get("/today?order=unanswered").json()["results"]) == rows
