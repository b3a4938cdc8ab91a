"""Asking for an export, finishing it, and taking it away."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.idempotency import once
from community.jobs.actions import enqueue
from community.jobs.models import JobState
from community.outbox.recording import action, record
from community.spaces.models import Space
from discussions.events import EXPORT_ASKED
from discussions.exports.access import can_export
from discussions.exports.models import Export
from discussions.exports.tasks import write_export


@action
def ask_for_export(*, by: User, space: Space | None = None, key: str = "") -> Export:
    """Let the worker write all of a space, or of what by contributed where space is None.

    One that is still being written is not begun twice; a repeat with the same key returns the
    first one. Raises PermissionDenied unless by owns the space.
    """
    if space is not None and not can_export(space, by):
        raise PermissionDenied(_("Only owners export a space."))
    return once(key, Export, lambda: _ask(by, space), by=by)


def _ask(by: User, space: Space | None) -> Export:
    unfinished = Export.objects.visible_to(by).filter(space=space, ready_at=None)
    busy = unfinished.filter(job__state__in=[JobState.WAITING, JobState.RUNNING]).first()
    if busy is not None:
        return busy
    hours = timedelta(hours=settings.EXPORT_HOURS)
    export = Export.objects.create(person=by, space=space, expires_at=timezone.now() + hours)
    # Those who run the site read it: it names no space that they may not know.
    label = _("Export of a space") if space else _("Export of what somebody contributed")
    export.job = enqueue(write_export, export.pk, label=label, owner=by)
    export.save(update_fields=["job"])
    record(EXPORT_ASKED, actor=by, obj=export, subject=by, space=space)
    return export


def remove_expired() -> int:
    """Delete files and rows of exports that expired; return how many."""
    expired = Export.objects.filter(expires_at__lte=timezone.now())
    found = list(expired.order_by("pk")[:500])
    for export in found:
        default_storage.delete(export.stored_as)
    _forget([export.pk for export in found])
    return len(found)


@action
def _forget(ids: list[int]) -> None:
    Export.objects.filter(pk__in=ids).delete()
