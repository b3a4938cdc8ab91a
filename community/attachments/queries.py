"""Which pictures a text may show."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.attachments.access import readable_files
from community.attachments.models import Attachment
from community.files.models import File
from community.text.pictures import Pictures

if TYPE_CHECKING:
    from community.accounts.models import User


def attachable_files(
    ids: Collection[str], *, by: "User", kind: str, object_id: int | None
) -> QuerySet[File]:
    """Those of the public ids that by may hang on a thing: by's own, and what hangs there already.

    Whoever could name other files would give everybody who reads the thing a sight of them.
    """
    there = Attachment.objects.filter(file=OuterRef("pk"), kind=kind, object_id=object_id or 0)
    return File.objects.filter(Q(owner_id=by.pk) | Exists(there), public_id__in=ids)


def pictures_on(kind: str, object_id: int) -> Pictures:
    """The pictures that hang on a thing."""
    return pictures(File.objects.filter(attachments__kind=kind, attachments__object_id=object_id))


def readable_pictures(ids: Collection[str], *, viewer: "User") -> Pictures:
    """Those of the public ids that viewer may look at; no query where there are no ids."""
    return pictures(readable_files(viewer).filter(public_id__in=ids)) if ids else {}


def pictures(files: Iterable[File]) -> Pictures:
    found = {file.public_id: file.picture for file in files}
    return {public_id: picture for public_id, picture in found.items() if picture}
