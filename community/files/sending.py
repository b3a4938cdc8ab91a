"""Answers that carry a stored file; whoever calls has decided that the person may read it."""

import io
from urllib.parse import quote

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from PIL import Image

from community.files.media_types import SHOWN
from community.files.models import File

# config/site/stored_file.py takes it out and sends the file without holding a thread.
FILE_HEADER = "X-Guildhall-File"
SIZE_TYPE = "image/webp"
GREY = 0xE6
# No script, no form, no frame, no other address: what people sent only lies there.
POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"


def send_file(request: HttpRequest, file: File, *, width: int | None = None) -> HttpResponseBase:
    """Answer with file; a picture in the size that fits width, the widest where none is asked.

    A picture whose sizes are not made yet is a grey area of the same shape, with 202.
    """
    if file.is_picture and not file.made_widths:
        return _waiting(file, width)
    size = _fitting(file, width) if file.is_picture else 0
    etag = f'"{file.sha256[:32]}-{size}"'
    response = get_conditional_response(request, etag=etag) or stored(
        file.stored_size(size) if size else file.stored_as
    )
    for name, value in _headers(file, etag).items():
        response[name] = value
    return response


def _fitting(file: File, width: int | None) -> int:
    made: list[int] = file.made_widths
    return next((one for one in made if width is not None and one >= width), made[-1])


def stored(name: str) -> HttpResponseBase:
    """The content of what the storage keeps as name, without headers that describe it."""
    try:
        path = default_storage.path(name)
    except NotImplementedError:
        # A store that is not on this machine.
        return _from_elsewhere(name)
    return HttpResponse(headers={FILE_HEADER: quote(path)})


def _from_elsewhere(name: str) -> HttpResponseBase:
    try:
        return FileResponse(default_storage.open(name))
    except FileNotFoundError as error:
        raise Http404 from error


def _headers(file: File, etag: str) -> dict[str, str]:
    kind = SIZE_TYPE if file.is_picture else file.media_type
    name = f"{file.name.rpartition('.')[0] or file.name}.webp" if file.is_picture else file.name
    charset = "; charset=utf-8" if kind == "text/plain" else ""
    return {
        "Content-Type": kind + charset,
        "Content-Disposition": content_disposition_header(kind not in SHOWN, name) or "attachment",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        # Kept by the reader's own browser only, which asks each time whether it still may.
        "Cache-Control": "private, no-cache",
        "ETag": etag,
    }


def _waiting(file: File, width: int | None) -> HttpResponse:
    chosen = min(width or file.widths[-1], file.widths[-1])
    height = max(1, round((file.height or 1) * chosen / (file.width or 1)))
    area = io.BytesIO()
    Image.new("L", (chosen, height), GREY).save(area, "PNG")
    headers = {"Retry-After": "2", "Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    return HttpResponse(area.getvalue(), content_type="image/png", status=202, headers=headers)
