"""Sharing files and videos, their versions, and the captions of videos."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.attachments.actions import attach
from community.attachments.queries import attachable_files
from community.files.models import File
from community.http.idempotency import once
from community.outbox.recording import action, record
from community.spaces.models import Space
from community.text.names import clean_name
from discussions.events import CAPTIONS_REMOVED, CAPTIONS_SET, RESOURCE_VERSION_ADDED
from discussions.resources.captions import clean_captions
from discussions.resources.keeping import (
    NO_DETAILS,
    Details,
    about,
    insert_resource,
    lock_resource,
)
from discussions.resources.languages import NAMES
from discussions.resources.models import Captions, Resource, Version
from discussions.resources.tasks import ATTACHED_TO
from discussions.topics.access import require_edit_topic
from discussions.topics.actions import start_topic
from discussions.topics.models import Kind, Topic

MAX_VERSIONS = 100
MAX_NOTE = 300


def share_file(
    space: Space,
    *,
    by: User,
    file: str,
    title: str,
    source: str,
    tags: Sequence[str],
    details: Details = NO_DETAILS,
    key: str = "",
    at: datetime | None = None,
) -> Topic:
    """Share the file with that public id, which by has sent: a topic of kind file or video.

    Without a title it takes the file's name. Raises what start_topic() raises, and ValidationError
    for the fields file and those of details.
    """
    sent, checked = sent_file(file, by=by), details.checked()

    def along(topic: Topic) -> None:
        _add(insert_resource(topic, checked), sent, by, note="", at=topic.created_at)

    return start_topic(
        space,
        by=by,
        kind=Kind.VIDEO if is_video(sent) else Kind.FILE,
        title=title.strip() or sent.name.rpartition(".")[0] or sent.name,
        source=source,
        tags=tags,
        key=key,
        at=at,
        along=along,
    )


def sent_file(public_id: str, *, by: User) -> File:
    """A file that by has sent. Raises ValidationError for the field file."""
    mine = attachable_files([public_id], by=by, kind=ATTACHED_TO, object_id=None)
    file = mine.first() if public_id else None
    if file is None:
        raise ValidationError({"file": _("Choose a file first.")})
    return file


def is_video(file: File) -> bool:
    return file.media_type.startswith("video/")


@action
def add_version(
    topic: Topic,
    *,
    by: User,
    file: str,
    note: str = "",
    key: str = "",
    at: datetime | None = None,
) -> Version:
    """Put a newer file in the place of the one that counts, which is kept.

    A repeat with the same key returns the first version. Raises PermissionDenied unless by edits
    the text, and ValidationError for the fields file and note.
    """
    note = clean_name(note)
    if len(note) > MAX_NOTE:
        limit = {"limit": MAX_NOTE, "length": len(note)}
        raise ValidationError(
            {"note": _("Use at most %(limit)s characters; these are %(length)s.") % limit}
        )
    sent, resource = sent_file(file, by=by), _with_files(topic, by)
    if is_video(sent) != (resource.topic.kind == Kind.VIDEO):
        raise ValidationError({"file": _other_kind(resource.topic)})
    return once(key, Version, lambda: _next(resource, sent, by, note, at), by=by)


def _other_kind(topic: Topic) -> str:
    if topic.kind == Kind.VIDEO:
        return _("This is no video: choose an MP4 or WebM file, or share it as a file of its own.")
    return _("This is a video: share it by itself, so that it can be played.")


@action
def bring_back_version(topic: Topic, *, by: User, number: int) -> Version:
    """Let an earlier file count again, as the newest version.

    Raises Version.DoesNotExist, and PermissionDenied unless by edits the text.
    """
    resource = _with_files(topic, by)
    earlier = Version.objects.select_related("file").get(resource=resource, number=number)
    return _next(resource, earlier.file, by, _("Back to version %(number)s") % {"number": number})


def _with_files(topic: Topic, by: User) -> Resource:
    """Raises Version.DoesNotExist for a resource that is no file."""
    resource = lock_resource(topic, by)
    require_edit_topic(resource.topic, by)
    if not Version.objects.filter(resource=resource).exists():
        raise Version.DoesNotExist
    return resource


def _next(
    resource: Resource, file: File, by: User, note: str, at: datetime | None = None
) -> Version:
    if Version.objects.filter(resource=resource).count() >= MAX_VERSIONS:
        limit = {"limit": MAX_VERSIONS}
        raise ValidationError({"file": _("A file has at most %(limit)s versions.") % limit})
    version = _add(resource, file, by, note=note, at=at or timezone.now())
    record(RESOURCE_VERSION_ADDED, **about(resource, by), number=version.number)
    return version


def _add(resource: Resource, file: File, by: User, *, note: str, at: datetime) -> Version:
    numbers = Version.objects.filter(resource=resource).order_by("-number")
    number = (numbers.values_list("number", flat=True).first() or 0) + 1
    attach([file.public_id], by=by, kind=ATTACHED_TO, object_id=resource.pk)
    return Version.objects.create(
        resource=resource, number=number, file=file, note=note, by=by, at=at
    )


@action
def set_captions(topic: Topic, *, by: User, language: str, content: bytes) -> Captions:
    """Give an uploaded video captions in a language, in the place of those it had.

    Raises PermissionDenied unless by edits the text, ValidationError for the fields language and
    captions, Version.DoesNotExist for what is no such video.
    """
    if language not in NAMES:
        raise ValidationError({"language": _("Choose a language from the list.")})
    text = clean_captions(content)
    resource = _with_files(topic, by)
    if resource.topic.kind != Kind.VIDEO:
        raise Version.DoesNotExist
    captions, _created = Captions.objects.update_or_create(
        resource=resource, language=language, defaults={"text": text, "at": timezone.now()}
    )
    record(CAPTIONS_SET, **about(resource, by), language=language)
    return captions


@action
def remove_captions(topic: Topic, *, by: User, language: str) -> None:
    """Raises Captions.DoesNotExist, and PermissionDenied unless by edits the text."""
    resource = _with_files(topic, by)
    Captions.objects.get(resource=resource, language=language).delete()
    record(CAPTIONS_REMOVED, **about(resource, by), language=language)
