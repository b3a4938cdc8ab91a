"""What goes over a socket, in JSON; docs/live.md says it to those who write programs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

MAX_NAME = 80
MAX_SINCE = 120


class BadFrame(Exception):  # noqa: N818 - the protocol's word for it
    """What came is no frame: a code for programs, a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Subscribe:
    stream: str
    # Opaque; "" for from now.
    since: str = ""


@dataclass(frozen=True)
class Unsubscribe:
    stream: str


Asked = Subscribe | Unsubscribe


def read_frame(text: str | None) -> Asked:
    """Return what a client asks; None is a frame of bytes. Raises BadFrame."""
    frame = _object(text)
    match frame.get("type"):
        case "subscribe":
            return Subscribe(_text(frame, "stream", MAX_NAME), _since(frame))
        case "unsubscribe":
            return Unsubscribe(_text(frame, "stream", MAX_NAME))
    raise BadFrame("unknown_type", _('A frame has "type": "subscribe" or "unsubscribe".'))


def subscribed(stream: str, number: str) -> str:
    """number is the position that the client is at."""
    return _written({"type": "subscribed", "stream": stream, "number": number})


def event(stream: str, number: str, message: Mapping[str, Any]) -> str:
    return _written({"type": "event", "stream": stream, "number": number, **message})


def reload(stream: str) -> str:
    """Too much was missed: the client fetches the present state."""
    return _written({"type": "reload", "stream": stream})


def ended(stream: str) -> str:
    """The person may not watch it any more, or it is gone: the two look alike."""
    return _error("not_found", _("There is nothing to watch under this name."), stream)


def refused(error: BadFrame, stream: str = "") -> str:
    return _error(error.code, str(error), stream)


def beat() -> str:
    """Says that the connection stands."""
    return _written({"type": "beat"})


def _error(code: str, sentence: str, stream: str) -> str:
    named = {"stream": stream} if stream else {}
    return _written({"type": "error", "code": code, "detail": sentence, **named})


def _written(frame: Mapping[str, Any]) -> str:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def _object(text: str | None) -> Mapping[str, Any]:
    try:
        frame = json.loads(text or "")
    except (ValueError, RecursionError):
        frame = None
    if not isinstance(frame, dict):
        raise BadFrame("not_json", _("A frame is a JSON object, sent as text."))
    return frame


def _text(frame: Mapping[str, Any], name: str, limit: int) -> str:
    value = frame.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= limit:
        said = _('"%(name)s" is a text of 1 to %(limit)s characters.')
        raise BadFrame("bad_field", said % {"name": name, "limit": limit})
    return value


def _since(frame: Mapping[str, Any]) -> str:
    return _text(frame, "since", MAX_SINCE) if frame.get("since") is not None else ""
