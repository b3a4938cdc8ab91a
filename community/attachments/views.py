"""Reading files."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from community.attachments.access import get_file
from community.files.sending import send_file
from community.http.requests import found_or_404, member


@require_safe
@found_or_404
def file_show(request: HttpRequest, public_id: str, name: str) -> HttpResponseBase:
    """The file, or with ?w=480 a picture about that wide; the name in the address is decoration."""
    return send_file(request, get_file(public_id, viewer=member(request)), width=_width(request))


def _width(request: HttpRequest) -> int | None:
    asked = request.GET.get("w", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
