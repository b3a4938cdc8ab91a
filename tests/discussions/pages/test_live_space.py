"""What watchers of a space's list are told."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.membership import leave_space
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.pages.live_space import SpaceStream
from tests.factories.discussions import make_topic

stream = SpaceStream()


def news_of(space: Space) -> list[Event]:
    return list(Event.objects.filter(stream.news(space.pk)).order_by("pk"))


def test_topics_that_came_are_told_by_their_ids(
    space: Space, closed: Space, mia: User, ada: User
) -> None:
    topics = [make_topic(space, by=mia) for _ in range(2)]
    make_topic(closed, by=mia)
    (message,) = stream.told(space.pk, news_of(space), ada)
    assert message["topics"] == [topic.public_id for topic in topics]
    assert message["hint"] == "more"


def test_what_is_gone_by_now_is_not_told(space: Space, mia: User, ada: User) -> None:
    topic = make_topic(space, by=mia)
    remove_post(topic.posts.get(number=1), by=mia)
    assert stream.told(space.pk, news_of(space), ada) == []


def test_space_is_watched_by_who_reads_it(closed: Space, ada: User, zed: User) -> None:
    assert stream.find(closed.public_id, ada) == closed.pk
    for name in (closed.public_id, "AAAAAAAAAA"):
        with pytest.raises(ObjectDoesNotExist):
            stream.find(name, zed)


def test_who_leaves_is_asked_about_and_no_reader(closed: Space, ada: User, ben: User) -> None:
    assert set(stream.readers(closed.pk, [ada, ben])) == {ada.pk, ben.pk}
    leave_space(closed, by=ada)
    left = Event.objects.order_by("pk").last()
    assert left is not None
    assert list(stream.touched(left, {closed.pk})) == [closed.pk]
    assert list(stream.touched(left, {closed.pk + 1})) == []
    assert set(stream.readers(closed.pk, [ada, ben])) == {ben.pk}


def test_telling_costs_one_query_and_asking_two(
    space: Space, mia: User, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        make_topic(space, by=mia)
    events = news_of(space)
    with django_assert_num_queries(1):
        stream.told(space.pk, events, ada)
    with django_assert_num_queries(2):
        stream.readers(space.pk, [ada, mia])
