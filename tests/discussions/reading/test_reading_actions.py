"""Marks only ever rise, unless a person takes them back, and only where that person reads."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Space
from discussions.reading.actions import mark_unread, note_visit, read_space, read_topic
from discussions.reading.models import TopicReading
from discussions.topics.models import Topic
from tests.factories.discussions import make_answer, make_topic


@pytest.fixture
def answered(question: Topic, ben: User) -> Topic:
    """A question with the posts 1 to 3."""
    make_answer(question, by=ben)
    make_answer(question, by=ben)
    question.refresh_from_db()
    return question


def mark(topic: Topic, person: User) -> int:
    return TopicReading.objects.get(topic=topic, person=person).highest_number


def test_mark_rises_and_never_falls(answered: Topic, zed: User) -> None:
    marks = []
    for number in (2, 1, 3, 2):
        read_topic(answered, by=zed, number=number)
        marks.append(mark(answered, zed))
    assert marks == [2, 2, 3, 3]


@pytest.mark.parametrize("number", [0, -1, 4, 10**9])
def test_number_of_no_post_is_refused(answered: Topic, zed: User, number: int) -> None:
    for write in (read_topic, mark_unread):
        with pytest.raises(ValidationError, match="from 1 to 3"):
            write(answered, by=zed, number=number)
    assert not TopicReading.objects.exists()


def test_what_is_known_costs_no_write(
    answered: Topic, zed: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    read_topic(answered, by=zed, number=2)
    note_visit(by=zed)
    with django_assert_num_queries(2):
        read_topic(answered, by=zed, number=2)
        note_visit(by=zed)


def test_reading_records_no_event(answered: Topic, zed: User) -> None:
    before = Event.objects.count()
    read_topic(answered, by=zed)
    mark_unread(answered, by=zed, number=1)
    assert Event.objects.count() == before


def test_stranger_leaves_no_mark_in_a_closed_space(closed: Space, ada: User, zed: User) -> None:
    topic = make_topic(closed, by=ada)
    assert not closed.memberships.filter(person=zed).exists()
    with pytest.raises(PermissionDenied):
        read_topic(topic, by=zed)
    with pytest.raises(PermissionDenied):
        mark_unread(topic, by=zed, number=1)
    with pytest.raises(PermissionDenied):
        read_space(closed, by=zed, until=timezone.now())
    assert not TopicReading.objects.exists()
