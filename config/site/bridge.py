"""Hands HTTP requests from the event loop to a WSGI application on a few persistent threads.

Persistent, because a thread keeps its database connection; few, because more than the cores can
serve only makes each answer slower. What the threads can't take yet waits in a bounded queue, and
what finds the queue full is told to come back.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Awaitable, Callable, Iterable
from types import TracebackType
from typing import Any

from config.site.answer_pipe import AnswerPipe, ClientGoneError, Message
from config.site.environ import Environ, Scope, build_environ
from config.site.refusals import refusal

logger = logging.getLogger(__name__)

# Where config.site.http puts the file that holds the request body.
BODY_EXTENSION = "guildhall.body"

Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
WsgiApplication = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

BUSY_PAGE = (
    b'<!doctype html><html lang="en"><title>Busy</title>'
    b"<p>Too many requests are waiting just now. Please try again in a moment.</p></html>"
)


class Bridge:
    """ASGI application for HTTP that answers with a WSGI application.

    threads requests run at once and queue_limit more wait; others get 503 with Retry-After.
    """

    def __init__(
        self, application: WsgiApplication, *, threads: int = 4, queue_limit: int = 64
    ) -> None:
        self._application = application
        self._limit = threads + queue_limit
        self._admitted = 0
        self._waiting: queue.SimpleQueue[Exchange] = queue.SimpleQueue()
        for number in range(threads):
            threading.Thread(target=self._work, name=f"http-{number}", daemon=True).start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._admitted >= self._limit:
            scope["extensions"][BODY_EXTENSION].close()
            await refuse(send, scope["path"])
            return
        self._admitted += 1
        exchange = Exchange(scope, asyncio.get_running_loop(), on_done=self._release)
        self._waiting.put(exchange)
        watcher = asyncio.ensure_future(break_off_on_disconnect(receive, exchange.pipe))
        try:
            await forward(exchange.pipe, send)
        finally:
            exchange.pipe.break_off()
            watcher.cancel()

    def _work(self) -> None:
        while True:
            self._waiting.get().run(self._application)

    def _release(self) -> None:
        self._admitted -= 1


class Exchange:
    """One request and its answer, run by one thread."""

    def __init__(
        self, scope: Scope, loop: asyncio.AbstractEventLoop, on_done: Callable[[], None]
    ) -> None:
        self.pipe = AnswerPipe(loop)
        self._scope = scope
        self._body = scope["extensions"][BODY_EXTENSION]
        self._loop = loop
        self._on_done = on_done
        self._start: Message | None = None
        self._started = self._ended = False

    def run(self, application: WsgiApplication) -> None:
        """Answer the request; whatever goes wrong, the thread lives on."""
        try:
            # Somebody who left the queue needs no answer.
            if not self.pipe.broken:
                self._answer(application)
        except ClientGoneError:
            pass
        except BaseException as error:  # noqa: BLE001 a thread that ends is never replaced
            self._fail(error)
        finally:
            self._end()
            self._body.close()
            self._loop.call_soon_threadsafe(self._on_done)

    def _answer(self, application: WsgiApplication) -> None:
        chunks = application(build_environ(self._scope, self._body), self._start_response)
        try:
            self._send(chunks)
            self._end()
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()

    def _send(self, chunks: Iterable[bytes]) -> None:
        for chunk in chunks:
            if chunk:
                self._write(chunk)
                if self._has_no_body():
                    break
        if not self._started:
            self._write(b"")

    def _start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None
    ) -> Callable[[bytes], None]:
        if exc_info is not None and self._started:
            raise exc_info[1].with_traceback(exc_info[2])
        if exc_info is None and self._start is not None:
            raise RuntimeError("start_response was called twice")
        self._start = {
            "type": "http.response.start",
            "status": int(status.split(" ", 1)[0]),
            "headers": [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers],
        }
        return self._write

    def _write(self, chunk: bytes) -> None:
        if self._start is None:
            raise RuntimeError("the application wrote before it called start_response")
        body = body_message(b"" if self._has_no_body() else chunk)
        messages = (body,) if self._started else (self._start, body)
        self._started = True
        self.pipe.put(*messages)

    def _has_no_body(self) -> bool:
        # Daphne would send what a HEAD answer carries.
        status = self._start["status"] if self._start else 200
        return self._scope["method"] == "HEAD" or status in {204, 304}

    def _end(self) -> None:
        # The client needn't wait for the application to clean up, so this comes before close().
        if not self._ended:
            self._ended = True
            self.pipe.end()

    def _fail(self, error: BaseException) -> None:
        if self._ended:
            logger.error("Closing an answer failed: %s", self._scope["path"], exc_info=error)
        else:
            self._ended = True
            self.pipe.fail(error)


async def forward(pipe: AnswerPipe, send: Send) -> None:
    """Send what comes out of pipe; send returns when the client has taken it."""
    while (message := await pipe.get()) is not None:
        await send(message)
        pipe.sent(message)
    if not pipe.broken:
        await send(body_message(b"", more=False))


async def break_off_on_disconnect(receive: Receive, pipe: AnswerPipe) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    pipe.break_off()


async def refuse(send: Send, path: str) -> None:
    kind, body = b"text/html; charset=utf-8", BUSY_PAGE
    if path.startswith("/api/"):
        kind, body = refusal(path, 503, "Too many requests are waiting just now.")
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"retry-after", b"1"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send(body_message(body, more=False))


def body_message(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}
