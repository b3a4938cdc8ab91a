"""Moving a topic to another space: what goes along, what is counted again, who may."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.archiving import archive_space
from community.spaces.models import Role, Space
from community.spaces.sight import SightChanged
from discussions.answers.actions import accept_answer, remove_post
from discussions.answers.models import Contribution
from discussions.events import TOPIC_MOVED, TOPIC_MOVED_AWAY
from discussions.reactions.actions import cast_vote
from discussions.tags.models import Tag, TagCount
from discussions.topics.actions import move_topic, pin_topic
from discussions.topics.models import Kind, Pin, Topic
from discussions.topics.moves import preview_move
from tests.factories.community import add_member
from tests.factories.discussions import make_answer, make_topic, opening

pytestmark = pytest.mark.slow

Run = Callable[[], None]


def move(topic: Topic, to: Space, by: User) -> Topic:
    return move_topic(topic, to, by=by, seen=preview_move(topic, to).mark)


@pytest.fixture
def solved(question: Topic, ada: User, ben: User, zed: User) -> Topic:
    answer = make_answer(question, by=ben)
    cast_vote(answer, by=zed, value=1)
    accept_answer(answer, by=ada)
    question.refresh_from_db()
    return question


def test_what_is_in_it_goes_along(
    solved: Topic, space: Space, closed: Space, mia: User, handle_events: Run
) -> None:
    handle_events()
    moved = move(solved, closed, mia)
    handle_events()

    answer = moved.posts.get(number=2)
    assert (answer.up, answer.accepted_at is None, moved.solved_at) == (1, False, solved.solved_at)
    space.refresh_from_db()
    closed.refresh_from_db()
    assert (space.topic_count, closed.topic_count) == (0, 1)
    counted = TagCount.objects.filter(tag__name="vpn")
    assert dict(counted.values_list("space__name", "topics")) == {"Workshop": 0, "Backroom": 1}
    given = Contribution.objects.filter(person__name="Ben")
    assert dict(given.values_list("space__name", "accepted")) == {"Workshop": 0, "Backroom": 1}


def test_both_streams_tell_of_it(solved: Topic, space: Space, closed: Space, mia: User) -> None:
    move(solved, closed, mia)

    told = Event.objects.filter(topic_id=solved.pk, name__startswith="topic.moved")
    assert sorted(told.values_list("name", "stream__name")) == [
        (TOPIC_MOVED, f"space:{closed.pk}"),
        (TOPIC_MOVED_AWAY, f"space:{space.pk}"),
    ]


def test_old_address_works_for_those_who_may_see_it(
    client: Client, solved: Topic, closed: Space, mia: User, ada: User, zed: User
) -> None:
    address = solved.get_absolute_url()
    move(solved, closed, mia)

    client.force_login(ada)
    page = client.get(address).content.decode()
    assert ("moved this here" in page, "Backroom" in page, "Workshop" in page) == (
        True,
        True,
        False,
    )
    client.force_login(zed)
    assert client.get(address).status_code == 404
    assert solved.title not in client.get("/questions").content.decode()


def test_pin_does_not_go_along(question: Topic, closed: Space, mia: User) -> None:
    pin_topic(question, by=mia, until=timezone.now() + timedelta(days=1))
    question.refresh_from_db()
    assert preview_move(question, closed).loses_pin

    assert (move(question, closed, mia).pinned_until, Pin.objects.exists()) == (None, False)


def test_preview_names_people_and_tags(question: Topic, closed: Space, ada: User) -> None:
    make_topic(closed, by=ada, tags=["vpn"])

    preview = preview_move(question, closed)

    assert sorted(person.name for person in preview.sight.losses) == []
    assert preview.new_tags == ["networks"]


def test_preview_counts_those_outside(
    question: Topic, closed: Space, zed: User, ben: User, mia: User, ada: User
) -> None:
    assert [person.name for person in preview_move(question, closed).sight.losses] == ["Zed"]
    hidden = make_topic(closed, by=ada)
    assert [person.name for person in preview_move(hidden, question.space).sight.gains] == ["Zed"]


def test_tags_are_known_to_the_readers_at_once(
    closed: Space, space: Space, ada: User, mia: User, zed: User
) -> None:
    topic = make_topic(closed, by=ada, tags=["private"])
    assert not Tag.objects.visible_to(zed).filter(name="private").exists()

    move(topic, space, mia)

    assert Tag.objects.visible_to(zed).filter(name="private").exists()


def test_titles_in_texts_follow(
    closed: Space, space: Space, ada: User, mia: User, handle_events: Run
) -> None:
    near = make_topic(closed, by=ada, title="What is near?")
    topic = make_topic(closed, by=ada, title="On the road", source=f"See [[t:{near.public_id}]].")
    naming = opening(make_topic(space, by=ada, source=f"See [[t:{topic.public_id}]]."))
    assert ("What is near?" in opening(topic).html, "On the road" in naming.html) == (True, False)

    move(topic, space, mia)
    handle_events()

    naming.refresh_from_db()
    assert ("What is near?" in opening(topic).html, "On the road" in naming.html) == (False, True)


def test_it_takes_rights_in_both_spaces(
    question: Topic, space: Space, closed: Space, ada: User, zed: User, mia: User
) -> None:
    for by in (ada, zed):
        with pytest.raises(PermissionDenied):
            move(question, closed, by)
    add_member(space, zed, actor=mia, role=Role.MODERATOR)
    with pytest.raises(PermissionDenied):
        move(question, closed, zed)
    talk = make_topic(space, by=mia, kind=Kind.ANNOUNCEMENT)
    add_member(closed, zed, actor=mia)
    with pytest.raises(PermissionDenied):
        move(talk, closed, zed)
    assert move(question, closed, zed).space == closed


def test_archived_spaces_neither_give_nor_take(
    question: Topic, space: Space, closed: Space, mia: User
) -> None:
    archive_space(closed, by=mia)
    with pytest.raises(PermissionDenied):
        move(question, closed, mia)


def test_where_it_is_and_what_is_deleted_is_not_moved(
    question: Topic, space: Space, closed: Space, mia: User
) -> None:
    with pytest.raises(ValidationError):
        move(question, space, mia)
    remove_post(opening(question), by=mia)
    with pytest.raises(ValidationError):
        move(question, closed, mia)


def test_what_was_not_seen_is_not_done(
    client: Client, question: Topic, closed: Space, mia: User, zed: User
) -> None:
    client.force_login(mia)
    address = f"/topics/{question.public_id}/move"
    assert "Backroom" in client.get(address).content.decode()
    page = client.get(f"{address}?to=backroom")
    sent = {"to": "backroom", "seen": page.context["preview"].mark}
    add_member(closed, zed, actor=mia)

    again = client.post(address, sent)
    question.refresh_from_db()
    assert (again.status_code, question.space == closed) == (409, False)

    done = client.post(address, sent | {"seen": again.context["preview"].mark})
    question.refresh_from_db()
    assert (done["Location"], question.space) == (question.get_absolute_url(), closed)
    with pytest.raises(SightChanged):
        move_topic(question, Space.objects.get(slug="workshop"), by=mia, seen="")


def test_page_is_for_moderators_and_keeps_its_secrets(
    client: Client, question: Topic, closed: Space, secret: Space, ada: User, zed: User, mia: User
) -> None:
    address = f"/topics/{question.public_id}/move"
    client.force_login(ada)
    assert client.get(address).status_code == 403

    add_member(question.space, zed, actor=mia, role=Role.MODERATOR)
    client.force_login(zed)
    for to in ("cellar", "backroom", "nowhere"):
        page = client.get(f"{address}?to={to}")
        assert (page.status_code, page.context["to"]) == (422, None)
        assert "Choose a space that you may write in." in page.content.decode()
        assert "Cellar" not in page.content.decode()
