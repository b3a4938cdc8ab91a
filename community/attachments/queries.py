"""Which pictures a text may show, and what files hang on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.attachments.access import readable_files
from community.attachments.models import Attachment, attachables
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


@dataclass(frozen=True)
class Place:
    """What a file hangs on; url is None where the viewer can't read it."""

    kind: str
    url: str | None


def places_of(files: Sequence[File], *, viewer: "User") -> Mapping[int, list[Place]]:
    """What each of the viewer's own files hangs on, by their keys.

    One query, and one more for each kind of thing.
    """
    hung = list(Attachment.objects.filter(file__in=files).order_by("at", "pk"))
    urls = {kind: _urls(kind, hung, viewer) for kind in {one.kind for one in hung}}
    found: dict[int, list[Place]] = defaultdict(list)
    for one in hung:
        found[one.file_id].append(Place(one.kind, urls[one.kind].get(one.object_id)))
    return found


def _urls(kind: str, hung: Iterable[Attachment], viewer: "User") -> dict[int, str]:
    """Of the things of that kind that viewer may read."""
    ids = {one.object_id for one in hung if one.kind == kind}
    if kind not in (table := attachables()):
        return {}
    return {row.pk: row.get_absolute_url() for row in table[kind](viewer).filter(pk__in=ids)}
