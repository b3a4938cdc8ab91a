"""Where the events stood before a page was read, so that live updates can go on from there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from community.outbox.reading import head

GetResponse = Callable[[HttpRequest], HttpResponse]


def note_position(get_response: GetResponse) -> GetResponse:
    """Take the position first: what happens while the page is made is replayed, not missed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and request.user.is_authenticated:
            newest = head()
            request.event_position = f"{newest.xid}-{newest.event_id}"  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def page_stream(request: HttpRequest, stream: str) -> dict[str, str]:
    """Return what base.html writes on the body; stream is "topic:ID", "space:ID" or "me"."""
    return {"stream": stream, "position": getattr(request, "event_position", "0-0")}
