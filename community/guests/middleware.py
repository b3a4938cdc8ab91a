"""A guest's page leads only to people whom the guest sees."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from community.guests.names import page_as_told_to


def lead_to_people_seen(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Pages alone: what programs get goes through renderers.py."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        viewer = request.user
        if viewer.is_authenticated and viewer.is_guest and _is_page(response):
            page = response.content.decode()
            told = page_as_told_to(viewer, page)
            if told != page:
                response.content = told.encode()
        return response

    return middleware


def _is_page(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    return not response.streaming and kind.startswith("text/html")
