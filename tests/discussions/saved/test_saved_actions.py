"""Saving posts, noting why, being reminded."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space
from discussions.saved.actions import (
    finish_saved,
    note_saved,
    prune_saved,
    reopen_saved,
    restore_saved,
    save_post,
    unsave_post,
)
from discussions.saved.models import SavedPost
from discussions.saved.queries import due_reminders, saved_of
from discussions.topics.models import Topic
from tests.factories.community import add_member
from tests.factories.discussions import make_topic, opening

pytestmark = pytest.mark.slow


def in_days(days: float) -> Any:
    return timezone.now() + timedelta(days=days)


def test_saving_twice_is_saving_once(question: Topic, ada: User, ben: User) -> None:
    first = save_post(opening(question), by=ben)
    assert save_post(opening(question), by=ben) == first
    assert list(saved_of(ben)) == [first]
    assert not saved_of(ada)


def test_stranger_saves_nothing(secret: Space, ada: User, zed: User) -> None:
    topic = make_topic(secret, by=ada)
    assert not Topic.objects.visible_to(zed).filter(pk=topic.pk).exists()
    with pytest.raises(PermissionDenied):
        save_post(opening(topic), by=zed)
    assert not SavedPost.objects.exists()


def test_there_is_a_most(space: Space, ada: User, settings: Any) -> None:
    settings.MAX_SAVED = 1
    one, other = (opening(make_topic(space, by=ada)) for _ in range(2))
    saved = save_post(one, by=ada)
    with pytest.raises(ValidationError, match="You have saved 1 posts"):
        save_post(other, by=ada)
    unsave_post(one, by=ada)
    save_post(other, by=ada)
    with pytest.raises(ValidationError, match="You have saved 1 posts"):
        restore_saved(saved, by=ada)


def test_saving_again_brings_the_note_back(question: Topic, ben: User) -> None:
    post = opening(question)
    note_saved(save_post(post, by=ben), by=ben, note="Try it", remind_at=None)
    unsave_post(post, by=ben)
    assert not saved_of(ben)
    assert save_post(post, by=ben).note == "Try it"


def test_what_was_taken_back_is_gone_after_an_hour(question: Topic, ben: User) -> None:
    save_post(opening(question), by=ben)
    unsave_post(opening(question), by=ben)
    assert prune_saved() == 0
    SavedPost.objects.update(removed_at=in_days(-1))
    assert prune_saved() == 1


@pytest.mark.parametrize("length", [300, 301])
def test_note_has_a_length(question: Topic, ben: User, length: int) -> None:
    saved = save_post(opening(question), by=ben)
    if length == 300:
        assert note_saved(saved, by=ben, note="x" * 300, remind_at=None).note == "x" * 300
        return
    with pytest.raises(ValidationError) as caught:
        note_saved(saved, by=ben, note="x" * 301, remind_at=None)
    assert caught.value.message_dict == {"note": ["At most 300 characters; this has 301."]}


@pytest.mark.parametrize("days", [-1, 6 * 366])
def test_reminder_is_to_come_and_not_too_far(question: Topic, ben: User, days: int) -> None:
    saved = save_post(opening(question), by=ben)
    with pytest.raises(ValidationError) as caught:
        note_saved(saved, by=ben, note="", remind_at=in_days(days))
    assert list(caught.value.message_dict) == ["remind_at"]


def test_note_of_a_due_reminder_can_be_changed(question: Topic, ben: User) -> None:
    saved = save_post(opening(question), by=ben)
    SavedPost.objects.update(remind_at=in_days(-1))
    saved.refresh_from_db()
    noted = note_saved(saved, by=ben, note="Still", remind_at=saved.remind_at)
    assert (noted.note, noted.is_due) == ("Still", True)


def test_due_reminders_come_until_they_are_done(
    question: Topic, space: Space, ada: User, ben: User
) -> None:
    posts = [opening(question), opening(make_topic(space, by=ada))]
    later, sooner = (save_post(post, by=ben) for post in posts)
    note_saved(later, by=ben, note="", remind_at=in_days(1))
    assert due_reminders(ben, most=5) == []
    SavedPost.objects.filter(pk=later.pk).update(remind_at=in_days(-1))
    SavedPost.objects.filter(pk=sooner.pk).update(remind_at=in_days(-2))
    assert [one.saved for one in due_reminders(ben, most=5)] == [sooner, later]
    assert due_reminders(ada, most=5) == []
    finish_saved(sooner, by=ben)
    assert [one.saved for one in due_reminders(ben, most=5)] == [later]
    reopen_saved(sooner, by=ben)
    assert len(due_reminders(ben, most=5)) == 2


def test_new_reminder_begins_anew(question: Topic, ben: User) -> None:
    saved = save_post(opening(question), by=ben)
    finish_saved(saved, by=ben)
    assert note_saved(saved, by=ben, note="x", remind_at=None).done_at is not None
    assert note_saved(saved, by=ben, note="x", remind_at=in_days(1)).done_at is None


def test_no_reminder_of_what_is_out_of_sight(secret: Space, ada: User, zed: User) -> None:
    membership = add_member(secret, zed, actor=None)
    save_post(opening(make_topic(secret, by=ada)), by=zed)
    SavedPost.objects.update(remind_at=in_days(-1))
    assert len(due_reminders(zed, most=5)) == 1
    membership.delete()
    assert due_reminders(User.objects.get(pk=zed.pk), most=5) == []
