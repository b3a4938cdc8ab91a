"""Where the events stood before a page was read, so that live updates can go on from there."""

import struct
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from community.http.sealing import seal, unseal
from community.outbox.reading import Position, head

GetResponse = Callable[[HttpRequest], HttpResponse]

PURPOSE = "position"
# Where config/site/environ.py says at which path sockets are opened.
SOCKETS = "GUILDHALL_SOCKETS"
_NUMBERS = struct.Struct(">QQ")


def note_position(get_response: GetResponse) -> GetResponse:
    """Take the position first: what happens while the page is made is replayed, not missed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and request.user.is_authenticated:
            request.event_position = head()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def page_stream(request: HttpRequest, stream: str) -> dict[str, str]:
    """Return what base.html writes on the body; stream is "topic:ID", "space:ID" or "me"."""
    position = getattr(request, "event_position", None)
    # Of a server without sockets pages try none.
    is_watched = stream.startswith(("topic:", "space:"))
    sockets = request.META.get(SOCKETS, "") if is_watched else ""
    return {
        "stream": stream,
        "position": sealed(position) if position else "",
        "sockets": sockets,
    }


def sealed(position: Position) -> str:
    """Return position as an opaque string."""
    return seal(_NUMBERS.pack(position.xid, position.event_id), PURPOSE)


def unsealed(token: str) -> Position:
    """Raises ValueError for what sealed() didn't make."""
    return Position(*_NUMBERS.unpack(unseal(token, PURPOSE)))
