"""Whoever left a closed space does nothing there any more, even with a page that is still open."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.accounts.models import User
from community.spaces.access import role_in
from community.spaces.archiving import archive_space
from community.spaces.models import Space
from discussions.answers.actions import (
    accept_answer,
    post_answer,
    remove_post,
    unaccept_answer,
)
from discussions.reactions.actions import cast_vote, withdraw_vote
from discussions.tags.actions import prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.topics.actions import (
    blank_revision,
    close_topic,
    edit_post,
    pin_topic,
    reopen_topic,
    restore_post,
    roll_back,
    start_topic,
    unpin_topic,
)
from discussions.topics.models import Kind, Post, Topic
from tests.factories.discussions import make_answer, make_topic, opening

pytestmark = pytest.mark.slow

Write = Callable[[Topic, Post, User], object]


def _start(topic: Topic, answer: Post, by: User) -> object:
    kind = Kind.QUESTION
    return start_topic(topic.space, by=by, kind=kind, title="x", source="x", tags=["vpn"])


WRITES: dict[str, Write] = {
    "start": _start,
    "answer": lambda topic, answer, by: post_answer(topic, by=by, source="x"),
    "edit": lambda topic, answer, by: edit_post(opening(topic), by=by, source="x", based_on=1),
    "roll back": lambda topic, answer, by: roll_back(opening(topic), to=1, by=by, based_on=1),
    "blank": lambda topic, answer, by: blank_revision(answer.revisions.get(), by=by),
    "delete": lambda topic, answer, by: remove_post(opening(topic), by=by),
    "restore": lambda topic, answer, by: restore_post(answer, by=by),
    "remove": lambda topic, answer, by: remove_post(opening(topic), by=by),
    "accept": lambda topic, answer, by: accept_answer(answer, by=by),
    "un-accept": lambda topic, answer, by: unaccept_answer(answer, by=by),
    "vote": lambda topic, answer, by: cast_vote(answer, by=by, value=1),
    "take a vote back": lambda topic, answer, by: withdraw_vote(answer, by=by),
    "close": lambda topic, answer, by: close_topic(topic, by=by, reason="x"),
    "reopen": lambda topic, answer, by: reopen_topic(topic, by=by),
    "pin": lambda topic, answer, by: pin_topic(topic, by=by, until=timezone.now()),
    "unpin": lambda topic, answer, by: unpin_topic(topic, by=by),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_author_who_left_writes_nothing(closed: Space, ada: User, ben: User, write: Write) -> None:
    topic = make_topic(closed, by=ada)
    answer = make_answer(topic, by=ben)
    assert role_in(closed, ada) == "member"
    # As another process does it: Ada's request has her role in mind.
    closed.memberships.filter(person=ada).delete()
    with pytest.raises(PermissionDenied, match="Only members"):
        write(topic, answer, ada)


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_author_who_was_switched_off_writes_nothing_in_an_open_space(
    space: Space, ada: User, ben: User, write: Write
) -> None:
    topic = make_topic(space, by=ada)
    answer = make_answer(topic, by=ben)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    with pytest.raises(PermissionDenied, match="Only members"):
        write(topic, answer, ada)


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_owner_writes_nothing_in_an_archived_space(
    closed: Space, ada: User, ben: User, mia: User, write: Write
) -> None:
    topic = make_topic(closed, by=ada)
    answer = make_answer(topic, by=ben)
    archive_space(closed, by=mia)

    with pytest.raises(PermissionDenied, match="archived"):
        write(topic, answer, mia)


def test_tag_that_is_out_of_sight_is_not_followed(closed: Space, ada: User, zed: User) -> None:
    make_topic(closed, by=ada, tags=["canary"])
    with pytest.raises(Tag.DoesNotExist):
        prefer_tag(Tag.objects.get(), by=zed, level=TagPreference.Level.FOLLOW)
    assert not TagPreference.objects.exists()
