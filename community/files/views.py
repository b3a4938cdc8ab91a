"""Sending files in, one a request, so that each has its own progress and can be given up."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.files.actions import FILES_A_MINUTE, store_file
from community.files.models import File
from community.http.rate import limit_rate
from community.http.requests import member
from community.http.uploads import name_of


@require_POST
@limit_rate("files", per_minute=FILES_A_MINUTE)
def file_create(request: HttpRequest) -> JsonResponse:
    """Store the field file; `{"id", "url", "name", "picture"}`, or 422 with `{"error"}`."""
    sent = request.FILES.get("file")
    if sent is None:
        return _refused(_("Choose a file first."))
    try:
        file = store_file(
            sent, by=member(request), name=name_of(sent), key=request.POST.get("key", "")
        )
    except ValidationError as error:
        return _refused(" ".join(error.messages))
    return JsonResponse(described(file), status=201)


def described(file: File) -> dict[str, Any]:
    return {
        "id": file.public_id,
        "url": file.get_absolute_url(),
        "name": file.name,
        "picture": file.is_picture,
    }


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=422)
