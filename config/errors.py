"""Pages for what went wrong, rendered without the request, so that they tell nothing of it."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from community.http.api.errors import not_found
from community.http.problems import is_api, problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Our own sentences are shown; those of Django are meant for the log."""
    text = str(exception) if isinstance(exception, BadRequest) else ""
    return problem(400, text) if is_api(request) else _page("config/400.html", 400, text)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    text = str(exception) if isinstance(exception, PermissionDenied) else ""
    return problem(403, text) if is_api(request) else _page("config/403.html", 403, text)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same bytes for a hidden and a missing object."""
    return not_found() if is_api(request) else _page("404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return problem(500) if is_api(request) else _page("500.html", 500)


def _page(template: str, status: int, text: str = "") -> HttpResponse:
    return HttpResponse(render_to_string(template, {"text": text}), status=status)
