"""A server of our own under test, with an application that needs no Django: site_app.py OPTIONS."""

import itertools
import json
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs

from config.site.bridge import Bridge
from config.site.daphne_server import Server
from config.site.sockets import OriginValidator, close_unknown_path

Reply = tuple[str, list[tuple[str, str]], Iterable[bytes]]

ORIGIN = "https://guildhall.example"
closed_streams = 0


class Stream:
    """Yields mebibytes of zeros in blocks, and counts that it was closed."""

    def __init__(self, mebibytes: int) -> None:
        self._blocks: Iterator[bytes] = itertools.repeat(bytes(64 * 1024), 16 * mebibytes)

    def __iter__(self) -> Iterator[bytes]:
        return self._blocks

    def close(self) -> None:
        global closed_streams
        closed_streams += 1


def http(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    query = {k: v[0] for k, v in parse_qs(environ["QUERY_STRING"]).items()}
    route: Callable[..., Reply] = ROUTES.get(environ["PATH_INFO"], show_environ)
    status, headers, chunks = route(environ, **query)
    start_response(status, [("X-Twice", "one"), ("X-Twice", "two"), *headers])
    return chunks


def whole(body: bytes, *headers: tuple[str, str]) -> Reply:
    return "200 OK", [*headers, ("Content-Length", str(len(body)))], [body]


def show_environ(environ: dict[str, Any], **query: str) -> Reply:
    return whole(json.dumps({k: v for k, v in environ.items() if isinstance(v, str)}).encode())


def slow(environ: dict[str, Any], seconds: str) -> Reply:
    time.sleep(float(seconds))
    return whole(b"slow answer")


def measure_body(environ: dict[str, Any]) -> Reply:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    return whole(str(len(body)).encode())


def fail(environ: dict[str, Any]) -> Reply:
    raise RuntimeError("at once")


def fail_midway() -> Iterator[bytes]:
    yield b"half"
    raise RuntimeError("half-way")


ROUTES: dict[str, Callable[..., Reply]] = {
    "/stream": lambda environ, mebibytes: ("200 OK", [], Stream(int(mebibytes))),
    "/closed-streams": lambda environ: whole(str(closed_streams).encode()),
    "/slow": slow,
    "/api/slow": slow,
    "/body": measure_body,
    "/file": lambda environ, path: whole(
        b"never sent", ("X-Guildhall-File", path), ("ETag", '"v1"')
    ),
    "/empty": lambda environ: ("204 No Content", [], []),
    "/fail": fail,
    "/fail-midway": lambda environ: ("200 OK", [], fail_midway()),
}


async def websocket(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["path"] != "/ws/":
        await close_unknown_path(scope, receive, send)
        return
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] != "websocket.disconnect":
        if "text" in message:
            await send({"type": "websocket.send", "text": message["text"]})


def main() -> None:
    options = json.loads(sys.argv[1])
    bridge = Bridge(http, threads=options.pop("threads", 4), queue_limit=options.pop("queue", 64))
    listener = socket.socket(fileno=options.pop("listener_fd"))
    guarded = OriginValidator(websocket, [ORIGIN])

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await (bridge if scope["type"] == "http" else guarded)(scope, receive, send)

    Server(application, listener, **options).run()


if __name__ == "__main__":
    main()
