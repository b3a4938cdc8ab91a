"""Input that no view should have to think about."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template import loader

from community.http.problems import is_api, problem

GetResponse = Callable[[HttpRequest], HttpResponse]
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


def refuse_nul(get_response: GetResponse) -> GetResponse:
    """Refuse NUL bytes, which PostgreSQL can't store or compare with."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _holds_nul(request):
            if is_api(request):
                return problem(400)
            return HttpResponseBadRequest(loader.render_to_string("400.html"))
        return get_response(request)

    return middleware


def forbid_caching(get_response: GetResponse) -> GetResponse:
    """Keep private pages out of caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def explain_method(get_response: GetResponse) -> GetResponse:
    """Show a page where an address takes other methods only; views answer with nothing to read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            response.content = loader.render_to_string("405.html").encode()
        return response

    return middleware


def _holds_nul(request: HttpRequest) -> bool:
    if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    if any("\0" in text for text in (*request.COOKIES, *request.COOKIES.values())):
        return True
    # What the API reads refuses them itself, and must find the body unread.
    if request.method != "POST" or request.content_type not in FORMS or is_api(request):
        return False
    return any("\0" in text for name, values in request.POST.lists() for text in (name, *values))
