"""Input that no view should have to think about."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template import loader

GetResponse = Callable[[HttpRequest], HttpResponse]


def limit_fields(get_response: GetResponse) -> GetResponse:
    """Refuse NUL bytes, which PostgreSQL can't store, before a view meets them; keep private pages out of caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(loader.render_to_string("400.html"))
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
