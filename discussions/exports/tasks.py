"""Writing an export in the worker."""

import tempfile
from datetime import timedelta
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

from community.jobs.context import JobContext
from community.jobs.functions import job
from community.outbox.recording import action
from community.spaces.access import owns
from discussions.exports.archive import Archive
from discussions.exports.models import Export
from discussions.exports.person import write_person
from discussions.exports.space import write_space


@job()
def write_export(context: JobContext, export_id: int) -> None:
    """Write the archive; does nothing for one that is there, or whose person lost the right."""
    asked = Export.objects.select_related("person", "space")
    export = asked.filter(pk=export_id, ready_at=None).first()
    if export is None or not export.person.is_active:
        return
    if export.space is not None and not owns(export.space, export.person):
        return
    with tempfile.TemporaryFile() as file:
        with Archive(file) as archive:
            if export.space is None:
                write_person(archive, export.person, context.progress)
            else:
                write_space(archive, export.space, export.person, context.progress)
        _keep(export, file)


def _keep(export: Export, file: IO[bytes]) -> None:
    size = file.tell()
    file.seek(0)
    # A part that an attempt left behind is in the way of the name.
    default_storage.delete(export.stored_as)
    default_storage.save(export.stored_as, File(file))
    _finish(export.pk, size)


@action
def _finish(export_id: int, size: int) -> None:
    now = timezone.now()
    Export.objects.filter(pk=export_id).update(
        size=size, ready_at=now, expires_at=now + timedelta(hours=settings.EXPORT_HOURS)
    )
