"""Where the events stood before a page was read, so that live updates can go on from there."""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from community.outbox.reading import Position, head

GetResponse = Callable[[HttpRequest], HttpResponse]

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
    return {"stream": stream, "position": seal(position) if position else ""}


def seal(position: Position) -> str:
    """Return position as an opaque string.

    Read as numbers it would tell everybody how much happens where they can't look.
    """
    numbers = _NUMBERS.pack(position.xid, position.event_id)
    return urlsafe_b64encode(_cipher(settings.SECRET_KEY).encrypt(numbers, None)).decode()


def unseal(token: str) -> Position:
    """Raises ValueError for what seal() didn't make."""
    try:
        numbers = _cipher(settings.SECRET_KEY).decrypt(urlsafe_b64decode(token), None)
    except (InvalidTag, ValueError) as error:
        raise ValueError("This is no position of this site.") from error
    return Position(*_NUMBERS.unpack(numbers))


@lru_cache(maxsize=1)
def _cipher(secret: str) -> AESSIV:
    return AESSIV(salted_hmac(__name__, "position", secret, algorithm="sha256").digest())
