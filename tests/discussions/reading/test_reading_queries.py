"""What counts as unread, per topic and per space, and that it tells nothing of closed doors."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.jobs.worker import JobWorker
from community.spaces.membership import leave_space
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.reading import queries, watermarks
from discussions.reading.actions import (
    mark_unread,
    note_visit,
    read_all_spaces,
    read_space,
    read_topic,
)
from discussions.reading.handlers import forget_readings_step
from discussions.reading.models import SpaceWatermark, TopicReading, Visit
from discussions.reading.queries import (
    Standing,
    first_unread,
    my_spaces_with_unread,
    only_unread,
    read_to,
    standings,
)
from discussions.reading.watermarks import advance_watermarks, start_advancing
from discussions.topics.models import Kind, Topic
from tests.factories.community import add_member
from tests.factories.discussions import make_answer, make_reply, make_topic

pytestmark = pytest.mark.slow

Run = Callable[[], None]


def unread(viewer: User) -> dict[str, int]:
    return {row.space.name: row.unread for row in my_spaces_with_unread(viewer)}


def standing(topic: Topic, viewer: User) -> Standing:
    return standings([topic], viewer=viewer).of(topic)


def unread_titles(viewer: User) -> list[str]:
    found = only_unread(Topic.objects.visible_to(viewer), viewer)
    return list(found.order_by("-active_at", "-id").values_list("title", flat=True))


def test_what_came_before_joining_counts_as_read(space: Space, ada: User, zed: User) -> None:
    old = make_topic(space, by=ada)
    add_member(space, zed, actor=zed)
    new = make_topic(space, by=ada)
    assert unread(zed) == {"Workshop": 1}
    assert (standing(old, zed), standing(new, zed)) == (Standing(), Standing(new=1))


def test_reading_to_the_end_takes_a_topic_from_the_count(
    space: Space, ada: User, mia: User
) -> None:
    topic = make_topic(space, by=ada)
    make_answer(topic, by=ada)
    assert (unread(mia), standing(topic, mia)) == ({"Workshop": 1}, Standing(new=2))
    topic.refresh_from_db()
    read_topic(topic, by=mia, number=1)
    assert (unread(mia), standing(topic, mia)) == ({"Workshop": 1}, Standing(1, opened=True))
    read_topic(topic, by=mia)
    assert (unread(mia), standing(topic, mia)) == ({"Workshop": 0}, Standing(0, opened=True))
    make_answer(topic, by=ada)
    assert (unread(mia), unread_titles(mia)) == ({"Workshop": 1}, [topic.title])


def test_own_posts_are_read_and_others_in_between_are_not(
    space: Space, ada: User, mia: User, handle_events: Run
) -> None:
    topic = make_topic(space, by=mia)
    handle_events()
    assert unread(mia) == {"Workshop": 0}
    make_answer(topic, by=ada)
    make_answer(topic, by=mia)
    handle_events()
    assert (unread(mia), standing(topic, mia)) == ({"Workshop": 1}, Standing(1, opened=True))
    assert first_unread(topic, viewer=mia) == 2


def test_deleted_posts_are_not_new(space: Space, ada: User, mia: User) -> None:
    topic = make_topic(space, by=ada)
    answer = make_answer(topic, by=ada)
    topic.refresh_from_db()
    read_topic(topic, by=mia, number=1)
    remove_post(answer, by=ada)
    assert (unread(mia), standing(topic, mia)) == ({"Workshop": 0}, Standing(0, opened=True))


def test_opened_topic_of_a_space_that_one_has_not_joined_shows_what_is_new(
    space: Space, ada: User, zed: User
) -> None:
    topic = make_topic(space, by=ada)
    read_topic(topic, by=zed)
    make_answer(topic, by=ada)
    assert (standing(topic, zed), unread(zed)) == (Standing(1, opened=True), {})


def test_space_marked_as_read_has_nothing_unread_until_something_comes(
    space: Space, ada: User, mia: User
) -> None:
    started = make_topic(space, by=ada)
    make_topic(space, by=ada)
    read_topic(started, by=mia)
    make_answer(started, by=ada)
    read_space(space, by=mia, until=timezone.now())
    assert (unread(mia), unread_titles(mia)) == ({"Workshop": 0}, [])
    assert standing(started, mia).new == 0
    make_answer(started, by=ada)
    assert (unread(mia), standing(started, mia).new) == ({"Workshop": 1}, 1)


def test_space_is_never_read_further_than_now(space: Space, ada: User, mia: User) -> None:
    read_space(space, by=mia, until=timezone.now() + timedelta(days=1))
    make_topic(space, by=ada)
    assert unread(mia) == {"Workshop": 1}
    read_all_spaces(by=mia, until=timezone.now() - timedelta(days=1))
    assert SpaceWatermark.objects.get().read_until > timezone.now() - timedelta(hours=1)


def test_topic_marked_unread_counts_below_the_watermark(space: Space, ada: User, mia: User) -> None:
    topic = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    make_reply(topic, by=ada)
    make_reply(topic, by=ada)
    topic.refresh_from_db()
    read_all_spaces(by=mia, until=timezone.now())
    mark_unread(topic, by=mia, number=2)
    assert (unread(mia), unread_titles(mia)) == ({"Workshop": 1}, [topic.title])
    assert (standing(topic, mia).new, first_unread(topic, viewer=mia)) == (2, 2)
    read_topic(topic, by=mia, number=2)
    assert (unread(mia), standing(topic, mia).new) == ({"Workshop": 1}, 1)
    read_topic(topic, by=mia)
    assert (unread(mia), unread_titles(mia)) == ({"Workshop": 0}, [])


def test_marked_unread_ends_with_the_space(space: Space, ada: User, mia: User) -> None:
    topic = make_topic(space, by=ada)
    mark_unread(topic, by=mia, number=1)
    read_space(space, by=mia, until=timezone.now())
    assert (unread(mia), TopicReading.objects.get().is_marked_unread) == ({"Workshop": 0}, False)


def test_counts_stop_at_a_hundred(
    space: Space, ada: User, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST", 2)
    topics = [make_topic(space, by=ada) for _ in range(3)]
    for _ in range(3):
        make_answer(topics[0], by=ada)
    assert (unread(mia), standing(topics[0], mia).new) == ({"Workshop": 2}, 2)


def test_stranger_counts_nothing_of_closed_and_secret_spaces(
    closed: Space, secret: Space, ada: User, ben: User, zed: User
) -> None:
    topics = [make_topic(place, by=ada) for place in (closed, secret)]
    assert unread(ben) == {"Backroom": 1, "Cellar": 1}
    for topic in topics:
        TopicReading.objects.create(person=zed, topic=topic, is_marked_unread=True)
    assert (unread(zed), unread_titles(zed)) == ({}, [])
    assert standings(topics, viewer=zed).by_topic == {}
    assert [first_unread(topic, viewer=zed) for topic in topics] == [None, None]


def test_who_leaves_a_closed_space_keeps_no_rows(
    closed: Space, ada: User, ben: User, handle_events: Run
) -> None:
    topic = make_topic(closed, by=ada)
    read_topic(topic, by=ben)
    read_all_spaces(by=ben, until=timezone.now())
    leave_space(closed, by=ben)
    handle_events()
    assert not TopicReading.objects.filter(person=ben).exists()
    assert not SpaceWatermark.objects.filter(person=ben).exists()


def test_readings_are_forgotten_all_and_a_few_at_a_time(
    closed: Space, ada: User, ben: User
) -> None:
    for _ in range(3):
        read_topic(make_topic(closed, by=ada), by=ben)
    data = {"person": ben.pk, "space": closed.pk}
    assert forget_readings_step(data, 0, 2) == (0, None)  # back by now, or never gone
    closed.memberships.filter(person=ben).delete()
    done, position = forget_readings_step(data, 0, 2)
    assert done == 2
    assert position is not None
    assert forget_readings_step(data, position, 2) == (1, None)
    assert not TopicReading.objects.exists()


def test_last_visit_is_the_end_of_the_one_before(space: Space, ada: User, mia: User) -> None:
    topic = make_topic(space, by=ada)
    note_visit(by=mia)
    assert standings([topic], viewer=mia).last_visit is None
    friday = timezone.now() - timedelta(days=3)
    Visit.objects.update(last_at=friday)
    assert standings([topic], viewer=mia).last_visit == friday
    note_visit(by=mia)
    assert standings([topic], viewer=mia).last_visit == friday
    Visit.objects.update(last_at=timezone.now() - timedelta(minutes=10))
    note_visit(by=mia)
    assert standings([topic], viewer=mia).last_visit == friday


@pytest.fixture
def days(space: Space, ada: User) -> list[Topic]:
    """Topics of the fifth, fourth and third day before today, in a space that is older."""
    now = timezone.now()
    space.memberships.update(joined_at=now - timedelta(days=9))
    return [make_topic(space, by=ada, at=now - timedelta(days=day)) for day in (5, 4, 3)]


def test_watermark_passes_what_is_unread_and_loses_nothing(
    days: list[Topic], ada: User, mia: User
) -> None:
    reply_at = days[1].created_at + timedelta(hours=1)
    make_answer(days[1], by=ada, at=reply_at)
    for topic in days[::2]:
        read_topic(topic, by=mia)
    read_topic(Topic.objects.get(pk=days[1].pk), by=mia, number=1)
    before = (unread(mia), unread_titles(mia), standing(days[1], mia))
    assert advance_watermarks() == 1
    mark = SpaceWatermark.objects.get(person=mia).read_until
    assert timedelta(minutes=1) <= timezone.now() - mark < timedelta(minutes=2)
    assert (unread(mia), unread_titles(mia), standing(days[1], mia)) == before
    assert before == ({"Workshop": 1}, [days[1].title], Standing(1, opened=True))
    read_topic(Topic.objects.get(pk=days[1].pk), by=mia)
    assert (unread(mia), unread_titles(mia)) == ({"Workshop": 0}, [])


def test_watermarks_are_looked_after_by_a_job(days: list[Topic], mia: User) -> None:
    read_topic(days[0], by=mia)
    start_advancing()
    assert not SpaceWatermark.objects.filter(person=mia).exists()
    assert JobWorker(interval_seconds=0.1).run_next()
    assert SpaceWatermark.objects.filter(person=mia).exists()


def test_topic_read_while_watermarks_are_moved_stays_read(
    days: list[Topic], space: Space, mia: User
) -> None:
    unread = list(Topic.objects.filter(pk=days[0].pk))
    read_topic(days[0], by=mia)
    watermarks._move(mia, space.pk, unread, days[0].created_at, timezone.now())
    assert not TopicReading.objects.get().is_marked_unread


def test_watermark_stops_below_the_oldest_where_much_is_unread(
    days: list[Topic], mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watermarks, "MOST_PASSED", 1)
    read_topic(days[0], by=mia)
    advance_watermarks()
    mark = SpaceWatermark.objects.get(person=mia).read_until
    assert days[1].active_at - timedelta(seconds=1) < mark < days[1].active_at
    assert unread(mia) == {"Workshop": 2}


def test_page_and_list_say_the_same_of_every_state(space: Space, ada: User, mia: User) -> None:
    """One is written in SQL, the other with the query set."""
    topic = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    for _ in range(4):
        make_reply(topic, by=ada)
    topic.refresh_from_db()
    seen = []
    for change in (
        lambda: None,
        lambda: read_topic(topic, by=mia, number=2),
        lambda: read_all_spaces(by=mia, until=topic.posts.get(number=4).created_at),
        lambda: mark_unread(topic, by=mia, number=1),
        lambda: read_topic(topic, by=mia),
        lambda: space.memberships.all().delete(),
        lambda: TopicReading.objects.all().delete(),
        lambda: SpaceWatermark.objects.all().delete(),
    ):
        change()
        seen.append((read_to(topic, viewer=mia), standing(topic, mia).new))
    assert seen == [(0, 5), (2, 3), (4, 1), (0, 5), (5, 0), (5, 0), (4, 1), (None, 0)]


@pytest.mark.parametrize("rows", [1, 3])
def test_counts_cost_one_query(
    space: Space,
    closed: Space,
    ada: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    topics = [make_topic(closed, by=ada) for _ in range(rows)]
    with django_assert_num_queries(1):
        standings(topics, viewer=ada)
    with django_assert_num_queries(1):
        unread(ada)
    with django_assert_num_queries(0):
        standings([], viewer=ada)
