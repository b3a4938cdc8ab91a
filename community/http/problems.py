"""What went wrong under /api, as RFC 9457 problem details."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

MEDIA_TYPE = "application/problem+json"


def is_api(request: HttpRequest) -> bool:
    """Tell whether a program asks, which can't read an error page."""
    return request.path_info.startswith("/api/")


def problem(
    status: int,
    detail: str = "",
    *,
    errors: Sequence[Mapping[str, object]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer status with detail, a sentence for whoever reads the log of the program.

    errors name what was sent and is wrong: {"pointer": "#/title", "detail": ...} for a field of
    the body, {"parameter": "order", "detail": ...} for one of the address; operations.py says what
    else they hold.
    """
    told: dict[str, object] = {"title": HTTPStatus(status).phrase, "status": status}
    if detail:
        told["detail"] = detail
    if errors:
        told["errors"] = list(errors)
    return HttpResponse(
        json.dumps(told, ensure_ascii=False),
        status=status,
        content_type=MEDIA_TYPE,
        headers=headers,
    )
