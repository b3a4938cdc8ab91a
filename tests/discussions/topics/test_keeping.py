"""Closing, pinning, deleting, and taking each of them back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.topics.actions import (
    close_topic,
    pin_topic,
    reopen_topic,
    restore_post,
    unpin_topic,
)
from discussions.topics.models import Pin, Topic
from tests.factories.discussions import make_comment, opening


def names(topic: Topic) -> list[str]:
    return list(
        Event.objects.filter(topic_id=topic.pk).order_by("id").values_list("name", flat=True)
    )


def test_closing_and_opening_again_is_kept_as_history(question: Topic, mia: User) -> None:
    close_topic(question, by=mia, reason=" Moved  on ")
    close_topic(question, by=mia, reason="Twice")
    reopen_topic(question, by=mia)
    reopen_topic(question, by=mia)
    question.refresh_from_db()
    closure = question.closures.get()
    assert (closure.reason, closure.by, closure.reopened_by) == ("Moved on", mia, mia)
    assert question.closed_at is None
    assert names(question) == ["topic.started", "topic.closed", "topic.reopened"]


def test_closing_needs_a_reason_of_at_most_200_characters(question: Topic, mia: User) -> None:
    for reason in ("", " ", "r" * 201):
        with pytest.raises(ValidationError) as refused:
            close_topic(question, by=mia, reason=reason)
        assert list(refused.value.message_dict) == ["reason"]
    assert close_topic(question, by=mia, reason="r" * 200).reason == "r" * 200


def test_who_does_not_moderate_neither_closes_nor_pins(question: Topic, ada: User) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    for act in (
        lambda: close_topic(question, by=ada, reason="x"),
        lambda: reopen_topic(question, by=ada),
        lambda: pin_topic(question, by=ada, until=tomorrow),
        lambda: unpin_topic(question, by=ada),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert names(question) == ["topic.started"]


def test_pin_ends_by_itself_and_by_hand(question: Topic, mia: User) -> None:
    with pytest.raises(ValidationError, match="still to come"):
        pin_topic(question, by=mia, until=timezone.now())
    pin_topic(question, by=mia, until=timezone.now() + timedelta(days=1))
    longer = timezone.now() + timedelta(days=2)
    pin_topic(question, by=mia, until=longer)
    question.refresh_from_db()
    assert (question.pinned_until, question.is_pinned, Pin.objects.count()) == (longer, True, 1)
    unpin_topic(question, by=mia)
    unpin_topic(question, by=mia)
    question.refresh_from_db()
    assert (question.is_pinned, Pin.objects.count()) == (False, 0)
    assert names(question)[1:] == ["topic.pinned", "topic.pinned", "topic.unpinned"]


def test_deleting_the_opening_post_takes_the_topic_away(
    space: Space, question: Topic, ada: User
) -> None:
    post = opening(question)
    remove_post(post, by=ada)
    remove_post(post, by=ada)
    question.refresh_from_db()
    space.refresh_from_db()
    assert (question.deleted_at is None, space.topic_count) == (False, 0)
    restore_post(post, by=ada)
    restore_post(post, by=ada)
    question.refresh_from_db()
    space.refresh_from_db()
    assert (question.deleted_at, space.topic_count) == (None, 1)
    assert names(question) == ["topic.started", "topic.deleted", "topic.restored"]


def test_others_delete_nothing(question: Topic, ben: User, zed: User) -> None:
    for person in (ben, zed):
        with pytest.raises(PermissionDenied):
            remove_post(opening(question), by=person)


def test_author_restores_what_they_deleted_but_not_what_a_moderator_deleted(
    question: Topic, ben: User, mia: User, ada: User
) -> None:
    comment = make_comment(opening(question), by=ben)
    remove_post(comment, by=ben)
    with pytest.raises(PermissionDenied):
        restore_post(comment, by=ada)
    restore_post(comment, by=ben)
    remove_post(comment, by=mia)
    with pytest.raises(PermissionDenied):
        restore_post(comment, by=ben)
    restore_post(comment, by=mia)
    comment.refresh_from_db()
    assert comment.deleted_at is None
