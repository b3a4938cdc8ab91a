"""What an export holds, for whom, and for how long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone

from community.accounts.models import User
from community.jobs.models import BackgroundJob, JobState
from community.outbox.models import Event
from community.spaces.membership import leave_space
from community.spaces.models import Membership, Role, Space
from discussions.answers.actions import accept_answer, remove_post
from discussions.exports.access import get_export
from discussions.exports.actions import ask_for_export, remove_expired
from discussions.exports.models import Export
from discussions.exports.tasks import write_export
from discussions.reactions.actions import cast_vote
from discussions.resources.files import add_version, set_captions
from discussions.topics.models import Topic
from tests.discussions.exports.conftest import Reporter
from tests.factories.community import make_space
from tests.factories.discussions import (
    make_answer,
    make_comment,
    make_shared_file,
    make_topic,
    opening,
)
from tests.factories.files import make_file, make_film, make_picture

pytestmark = pytest.mark.slow

Write = Callable[[Export], dict[str, Any]]


def test_space_export_holds_what_its_owner_reads(
    secret: Space, mia: User, ada: User, ben: User, write: Write
) -> None:
    topic = make_topic(secret, by=ada, title="Where is the key?", source="It is *gone*.")
    answer = make_answer(topic, by=ben, source="Under the mat.")
    make_comment(answer, by=mia, source="Thanks.")
    accept_answer(answer, by=ada)
    cast_vote(answer, by=mia, value=1)
    remove_post(make_answer(topic, by=ben, source="Not said."), by=ben)
    make_topic(make_space("Elsewhere", owner=mia), by=mia, title="Not here")
    found = write(ask_for_export(by=mia, space=secret))
    assert [one["title"] for one in found["topics.jsonl"]] == ["Where is the key?"]
    assert [one["source"] for one in found["posts.jsonl"]] == [
        "It is *gone*.",
        "Under the mat.",
        "Thanks.",
    ]
    assert [(one["author"], one["up"]) for one in found["posts.jsonl"]] == [
        ("ada", 0),
        ("ben", 1),
        ("mia", 0),
    ]
    assert {one["handle"]: one["role"] for one in found["people.jsonl"]} == {
        "mia": "owner",
        "ada": "member",
        "ben": "member",
    }
    [name] = [name for name in found if name.startswith("topics/")]
    assert name == f"topics/{topic.public_id}-where-is-the-key.md"
    assert "**2. Answer, Ben, " in found[name]
    assert "accepted**\n\nUnder the mat." in found[name]
    assert "Not said" not in str(found)


def test_space_export_holds_its_files_as_readers_see_them(
    space: Space, mia: User, write: Write
) -> None:
    notes, plan = make_file(mia), make_picture(mia)
    source = f"![A plan]({plan.get_absolute_url()}) [notes]({notes.get_absolute_url()})"
    make_topic(space, by=mia, source=source)
    found = write(ask_for_export(by=mia, space=space))
    assert found[f"files/{notes.public_id}.txt"] == b"Plain words.\n"
    assert found[f"files/{plan.public_id}.webp"][8:12] == b"WEBP"
    assert f"files/{plan.public_id}.png" not in found


def test_space_export_holds_every_version_of_what_was_shared(
    space: Space, mia: User, ada: User, write: Write
) -> None:
    first, later = make_film(ada, name="talk.webm"), make_film(ada, name="talk-2.webm")
    topic = make_shared_file(space, by=ada, file=first)
    add_version(topic, by=ada, file=later.public_id, note="With sound")
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"
    set_captions(topic, by=ada, language="en", content=said.encode())
    elsewhere = make_shared_file(make_space("Elsewhere", owner=ada), by=ada)
    found = write(ask_for_export(by=mia, space=space))
    [told] = found["topics.jsonl"]
    names = [f"files/{file.public_id}.webm" for file in (first, later)]
    assert [(one["version"], one["name"], one["note"]) for one in told["files"]] == [
        (1, "talk.webm", ""),
        (2, "talk-2.webm", "With sound"),
    ]
    assert [one["stands_at"] for one in told["files"]] == names
    assert {name for name in found if name.startswith("files/")} == set(names)
    assert "Hello" in found[f"captions/{topic.public_id}.en.vtt"]
    assert elsewhere.public_id not in str(found)


def test_own_export_holds_the_files_that_one_sent(
    space: Space, ada: User, ben: User, write: Write
) -> None:
    mine, other = make_file(ada, name="mine.txt"), make_file(ben, name="other.txt")
    found = write(ask_for_export(by=ada))
    assert [one["name"] for one in found["files.jsonl"]] == ["mine.txt"]
    assert found[f"files/{mine.public_id}.txt"] == b"Plain words.\n"
    assert other.public_id not in str(found)


def test_own_export_holds_own_words_only(
    question: Topic, secret: Space, ada: User, ben: User, write: Write
) -> None:
    hidden = make_topic(secret, by=ben, title="Nobody knows this title")
    make_answer(hidden, by=ada, source="I do.")
    leave_space(secret, by=ada)
    answer = make_answer(question, by=ben, source="Ben's words.")
    cast_vote(answer, by=ada, value=1)
    found = write(ask_for_export(by=ada))
    assert [(one["title"], one["topic"], one["source"]) for one in found["posts.jsonl"]] == [
        (question.title, question.public_id, opening(question).source),
        (None, None, "I do."),
    ]
    assert found["profile.jsonl"][0]["email"] == "ada@example.com"
    assert [(one["post"], one["value"]) for one in found["votes.jsonl"]] == [(answer.public_id, 1)]
    everything = str(found)
    for others in ("Nobody knows this title", "Ben's words", hidden.public_id, "password"):
        assert others not in everything


def test_stranger_member_and_moderator_export_no_space(
    closed: Space, ada: User, zed: User, mia: User
) -> None:
    Membership.objects.filter(space=closed, person=ada).update(role=Role.MODERATOR)
    for person in (ada, zed):
        with pytest.raises(PermissionDenied):
            ask_for_export(by=person, space=closed)
    assert ask_for_export(by=mia, space=closed).space == closed


def test_export_belongs_to_who_asked_and_still_owns(
    space: Space, mia: User, zed: User, write: Write
) -> None:
    export = ask_for_export(by=mia, space=space)
    write(export)
    assert get_export(export.public_id, viewer=mia) == export
    with pytest.raises(Export.DoesNotExist):
        get_export(export.public_id, viewer=zed)
    Membership.objects.filter(space=space, person=mia).update(role=Role.MEMBER)
    with pytest.raises(Export.DoesNotExist):
        get_export(export.public_id, viewer=User.objects.get(pk=mia.pk))


def test_owner_who_left_meanwhile_gets_nothing(space: Space, mia: User) -> None:
    export = ask_for_export(by=mia, space=space)
    Membership.objects.filter(space=space, person=mia).delete()
    write_export.function(Reporter(), export.pk)
    assert not default_storage.exists(export.stored_as)
    export.refresh_from_db()
    assert export.ready_at is None


def test_one_that_is_being_written_is_not_begun_twice(ada: User) -> None:
    first = ask_for_export(by=ada)
    assert ask_for_export(by=ada) == first
    assert BackgroundJob.objects.count() == 1
    assert Event.objects.filter(name="export.asked", actor=ada).count() == 1
    BackgroundJob.objects.update(state=JobState.DEAD)
    assert ask_for_export(by=ada) != first


def test_second_attempt_writes_once(question: Topic, ada: User, write: Write) -> None:
    export = ask_for_export(by=ada)
    write(export)
    export.refresh_from_db()
    ready_at = export.ready_at
    write(export)
    export.refresh_from_db()
    assert export.ready_at == ready_at


def test_export_expires_a_day_after_it_was_made(question: Topic, ada: User, write: Write) -> None:
    export = ask_for_export(by=ada)
    write(export)
    export.refresh_from_db()
    assert timedelta(hours=23) < export.expires_at - timezone.now() <= timedelta(hours=24)
    assert remove_expired() == 0
    with time_machine.travel(export.expires_at, tick=False):
        with pytest.raises(Export.DoesNotExist):
            get_export(export.public_id, viewer=ada)
        assert remove_expired() == 1
    assert not default_storage.exists(export.stored_as)
    assert not Export.objects.exists()


def test_progress_is_reported(question: Topic, ada: User) -> None:
    reporter = Reporter()
    write_export.function(reporter, ask_for_export(by=ada).pk)
    assert reporter.reported == [(1, 1)]
