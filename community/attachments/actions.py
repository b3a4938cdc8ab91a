"""Hanging files on things, and taking away what hangs nowhere."""

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from community.attachments.models import Attachment
from community.attachments.queries import attachable_files
from community.files.actions import forget_contents
from community.files.models import File
from community.outbox.recording import action

if TYPE_CHECKING:
    from community.accounts.models import User

LOOSE_KEPT = timedelta(hours=48)
ROWS = 100


@action
def attach(ids: Collection[str], *, by: "User", kind: str, object_id: int) -> None:
    """Hang those files on a thing that by may put there; the others stay mere links."""
    if not ids:
        return
    files = attachable_files(ids, by=by, kind=kind, object_id=object_id)
    # Locked, so that no loose file is taken away while it is being hung up.
    locked = files.order_by("pk").select_for_update(of=("self",))
    rows = [Attachment(file=file, kind=kind, object_id=object_id) for file in locked]
    Attachment.objects.bulk_create(rows, ignore_conflicts=True)


@action
def keep_attached(ids: Collection[str], *, kind: str, object_id: int) -> None:
    """Take from a thing all files but those."""
    hung = Attachment.objects.filter(kind=kind, object_id=object_id)
    hung.exclude(file__public_id__in=ids).delete()


def remove_own_file(file: File, *, by: "User") -> None:
    """Delete what by sent and what hangs on nothing.

    Raises PermissionDenied, and File.DoesNotExist where it is gone.
    """
    forget_contents(_delete_own(file, by))


@action
def _delete_own(file: File, by: "User") -> list[str]:
    """Return the stored names of the deleted file."""
    # Locked, so that it is not hung up in the meantime.
    own = File.objects.select_for_update(of=("self",)).get(pk=file.pk, owner=by)
    if Attachment.objects.filter(file=own).exists():
        raise PermissionDenied(_("A file that hangs on something goes when that lets it go."))
    File.objects.filter(pk=own.pk).delete()
    return own.stored_names()


def remove_loose_files() -> int:
    """Delete up to 100 files that have hung on nothing for 48 hours; return how many."""
    stored = _delete_loose()
    forget_contents([name for names in stored for name in names])
    return len(stored)


@action
def _delete_loose() -> list[list[str]]:
    """Return the stored names of each deleted file."""
    before = timezone.now() - LOOSE_KEPT
    hung = Attachment.objects.filter(file=OuterRef("pk"))
    loose = File.objects.filter(~Exists(hung), created_at__lt=before).order_by("created_at", "id")
    locked = list(loose.select_for_update(of=("self",), skip_locked=True)[:ROWS])
    # One may have been hung up while its lock was waited for.
    still = File.objects.filter(~Exists(hung), pk__in=[file.pk for file in locked])
    found = list(still)
    File.objects.filter(pk__in=[file.pk for file in found]).delete()
    return [file.stored_names() for file in found]
