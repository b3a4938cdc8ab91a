"""What is kept, for how long, and what makes it out of date."""

import random
from collections.abc import Hashable
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from django.utils.safestring import SafeString

from community.accounts.models import User
from community.outbox.models import Fanout
from community.spaces.models import Space
from discussions.pages import fragments
from discussions.pages.fragments import Fragments, Shelf, key_of, state_of
from discussions.topics.access import get_topic
from discussions.topics.actions import close_topic, edit_post
from discussions.topics.models import Topic
from tests.factories.discussions import opening

SIZE = 10_000


def made(letter: str) -> Fragments:
    """About SIZE bytes that nothing can make smaller."""
    noise = random.Random(letter).randbytes(SIZE).decode("latin-1")
    return Fragments(head=SafeString(letter), posts=SafeString(noise))


def kept(shelf: Shelf, letter: str) -> bool:
    return shelf.get(letter, lambda: made("?")) == made(letter)


def test_what_nobody_asked_for_longest_goes_when_the_bytes_are_used_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fragments, "MAX_BYTES", SIZE * 5 // 2)
    shelf = Shelf()
    for letter in "abac":
        shelf.get(letter, partial(made, letter))
    assert [kept(shelf, letter) for letter in "acb"] == [True, True, False]


def key(topic: Topic, viewer: User) -> Hashable:
    topic = get_topic(topic.public_id, viewer=User.objects.get(pk=viewer.pk))
    return key_of(topic, state_of(topic, viewer))


def test_key_follows_what_the_page_shows(
    question: Topic, ada: User, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fragments, "SECONDS_WHILE_FRESH", 10**9)
    keys = [key(question, ada)]
    Space.objects.filter(pk=question.space_id).update(name="Attic")
    keys.append(key(question, ada))
    edit_post(opening(question), by=ada, source="Another text", based_on=1)
    keys.append(key(question, ada))
    Fanout.objects.create(kind="byline", done_at=timezone.now())
    keys.append(key(question, ada))
    Topic.objects.filter(pk=question.pk).update(pinned_until=timezone.now() + timedelta(days=1))
    keys.append(key(question, ada))
    assert len(set(keys)) == len(keys)
    assert key(question, mia) == key(question, ada) == keys[-1]


@pytest.mark.parametrize(("hours", "name"), [(23, "SECONDS_WHILE_FRESH"), (25, "SECONDS")])
def test_fresh_topics_are_kept_shorter(
    question: Topic, ada: User, hours: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for constant in ("SECONDS", "SECONDS_WHILE_FRESH"):
        monkeypatch.setattr(fragments, constant, 10**9)
    long_ago = timezone.now() - timedelta(hours=hours)
    Topic.objects.filter(pk=question.pk).update(active_at=long_ago)
    assert key(question, ada) == key(question, ada)
    monkeypatch.setattr(fragments, name, 10**-6)
    assert key(question, ada) != key(question, ada)


def test_row_read_before_a_write_does_not_pass_for_the_row_behind_it(
    question: Topic, ada: User, mia: User
) -> None:
    before = get_topic(question.public_id, viewer=ada)
    edit_post(opening(question), by=ada, source="Text", based_on=1, title="Better said")
    close_topic(question, by=mia, reason="Done")

    assert key_of(before, state_of(before, ada)) != key(question, ada)
