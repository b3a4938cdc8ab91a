"""Who may open a socket, and what an address without one says."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

UNKNOWN_PATH_CODE = 4404
DEFAULT_PORTS = {"http": 80, "https": 443}

Origin = tuple[str, str, int | None]
AsgiApplication = Callable[..., Awaitable[None]]


class OriginValidator:
    """Lets only pages of allowed_origins open a socket; scheme, host and port must all be equal.

    The validator of Channels compares hosts alone when it is built from ALLOWED_HOSTS. A handshake
    without an Origin comes from no page: it needs a token, which no page can send.
    """

    def __init__(self, application: AsgiApplication, allowed_origins: Iterable[str]) -> None:
        self._application = application
        self._allowed = {read_origin(origin) for origin in allowed_origins} - {None}

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        has_token = any(name == b"authorization" for name, _value in scope["headers"])
        allowed = len(origins) == 1 and read_origin(origins[0].decode("latin-1")) in self._allowed
        if allowed or (has_token and not origins):
            await self._application(scope, receive, send)
        else:
            await send({"type": "websocket.close"})


def read_origin(text: str) -> Origin | None:
    """Return scheme, host and port, the default port filled in; None for what is no origin."""
    try:
        parts = urlsplit(text)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    is_bare = text.rstrip("/").lower() == f"{parts.scheme}://{parts.netloc}".lower()
    if not parts.hostname or not is_bare or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port


class Paths:
    """Each path and what answers there."""

    def __init__(self, applications: Mapping[str, AsgiApplication]) -> None:
        self._applications = applications

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        found: AsgiApplication = self._applications.get(scope["path"], close_unknown_path)
        await found(scope, receive, send)


async def close_unknown_path(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Accept and close with UNKNOWN_PATH_CODE: a refused handshake could carry no code."""
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": UNKNOWN_PATH_CODE})
