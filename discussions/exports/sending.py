"""The answer that carries an export."""

from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from community.files.sending import stored
from discussions.exports.models import Export


def send_export(export: Export) -> HttpResponseBase:
    """Answer with the archive. Raises Export.DoesNotExist until it is ready."""
    if export.ready_at is None:
        raise Export.DoesNotExist
    what = export.space.slug if export.space else export.person.handle
    answer = stored(export.stored_as)
    answer["Content-Type"] = "application/zip"
    name = f"{what}-{export.ready_at:%Y-%m-%d}.zip"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
