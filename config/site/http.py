"""Daphne's HTTP protocol with what it lacks: a limit for bodies, and word from slow clients."""

# Twisted's channel is not annotated.
# mypy: allow-untyped-calls

import asyncio
import io
from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.server import Server as DaphneServer
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web import http

from config.site.bridge import BODY_EXTENSION
from config.site.refusals import refusal

# How long the rest of a refused body is read and dropped. Closing at once would reset the
# connection, and many clients would never see the answer.
LINGER_SECONDS = 2


class Channel(http.HTTPChannel):
    """One HTTP connection that says when its client has taken what was written."""

    def connectionMade(self) -> None:  # noqa: N802 Twisted's name
        self._drained = asyncio.Event()
        self._drained.set()
        self.factory.channels.add(self)
        super().connectionMade()

    def pauseProducing(self) -> None:  # noqa: N802
        self._drained.clear()
        super().pauseProducing()

    def resumeProducing(self) -> None:  # noqa: N802
        self._drained.set()
        super().resumeProducing()

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        self.factory.channels.discard(self)
        self._drained.set()
        super().connectionLost(reason)

    async def drained(self, stall_seconds: float) -> None:
        """Wait until the client has read enough; give it up when it takes stall_seconds."""
        if self._drained.is_set():
            return
        try:
            async with asyncio.timeout(stall_seconds):
                await self._drained.wait()
        except TimeoutError:
            self.forceAbortClient()

    def checkPersistence(self, request: "Request", version: bytes) -> bool:  # noqa: N802
        persistent: bool = super().checkPersistence(request, version)
        if self.factory.draining:
            request.responseHeaders.setRawHeaders(b"Connection", [b"close"])
        return persistent and not self.factory.draining

    def close_after_answer(self) -> None:
        """Take no further request: an idle connection ends now, another after its answer."""
        self.persistent = False
        for request in self.requests:
            request.responseHeaders.setRawHeaders(b"Connection", [b"close"])
        if not self.requests:
            self.loseConnection()


class Request(WebRequest):  # type: ignore[misc] # Daphne is untyped
    """One request whose body is no longer than the factory's limits say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Twisted would parse forms into memory, on the event loop, for nobody.
        self._parsePOSTFormSubmission = False
        self._refused = False

    def gotLength(self, length: int | None) -> None:  # noqa: N802
        if length is not None and length > self._limit():
            self.content = io.BytesIO()
            self._refuse_body()
        else:
            super().gotLength(length)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        if self._refused:
            return
        if self.content.tell() + len(data) > self._limit():
            self._refuse_body()
        else:
            super().handleContentChunk(data)

    def process(self) -> None:
        if self._refused:
            self.channel.loseConnection()
            return
        # Daphne believes it, and with it any client could set the prefix of every address.
        self.requestHeaders.removeHeader(b"daphne-root-path")
        channel = self.channel
        super().process()
        became_socket = self.transport is None
        if became_socket:
            channel.factory.channels.discard(channel)

    def give_body_to(self, scope: dict[str, Any]) -> None:
        """Put the file with the body into scope; Daphne would copy it, and finds an empty one."""
        scope["extensions"] = {BODY_EXTENSION: self.content}
        self.content = io.BytesIO()

    async def drained(self, stall_seconds: float) -> None:
        """Wait as `Channel.drained` does; return at once when the request is over."""
        if not self.finished and self.channel is not None:
            await self.channel.drained(stall_seconds)

    def handle_exception(self, exception: BaseException) -> None:
        """Answer 500; where an answer has begun, break it off so that it can't pass for whole."""
        if self.finished or self.channel is None:
            return
        if self._response_started:
            self.channel.forceAbortClient()
        else:
            self.basic_error(500, b"Internal Server Error", "Something went wrong.")

    def basic_error(self, status: int, status_text: bytes, body: str) -> None:
        """Answer with one sentence. Daphne's own page needs an inline style."""
        kind, page = refusal(self.uri.decode("latin-1"), status, body)
        headers = [
            (b"content-type", kind),
            (b"content-length", str(len(page)).encode()),
        ]
        self.handle_reply({"type": "http.response.start", "status": status, "headers": headers})
        self.handle_reply({"type": "http.response.body", "body": page})

    def _limit(self) -> int:
        """Only this encoding carries files; Twisted keeps a body of 100 KB and more on disk.

        Nobody sends files before they signed in; whether session or token are real shows later.
        """
        kind = self.requestHeaders.getRawHeaders(b"content-type", [b""])[0]
        is_upload = kind.lower().startswith(b"multipart/form-data")
        factory = self.channel.factory
        cookies = b";".join(self.requestHeaders.getRawHeaders(b"cookie", []))
        tokens = self.requestHeaders.getRawHeaders(b"authorization", [])
        is_known = factory.session_cookie + b"=" in cookies or any(tokens)
        may_upload = is_upload and is_known
        return int(factory.max_upload_bytes if may_upload else factory.max_body_bytes)

    def _refuse_body(self) -> None:
        self._refused = True
        # Otherwise Twisted would ask for the body after the refusal.
        self.requestHeaders.removeHeader(b"expect")
        limit = self._limit()
        sentence = f"What you sent is too large: at most {limit:,} bytes are taken."
        # The request gets its address only after its body; the channel knows it before.
        path = self.channel._path.decode("latin-1")
        kind, page = refusal(path, 413, sentence)
        self.channel.write(
            b"HTTP/1.1 413 Content Too Large\r\nContent-Type: %s\r\n"
            b"Connection: close\r\nContent-Length: %d\r\n\r\n%s" % (kind, len(page), page)
        )
        loop = asyncio.get_event_loop()
        loop.call_later(LINGER_SECONDS, self.channel.transport.abortConnection)


class Factory(HTTPFactory):  # type: ignore[misc] # Daphne is untyped
    """Makes a Channel for each connection and knows all that are open."""

    protocol = Channel

    def __init__(
        self,
        server: DaphneServer,
        max_body_bytes: int,
        max_upload_bytes: int,
        session_cookie: str,
    ) -> None:
        super().__init__(server)
        self.max_body_bytes = max_body_bytes
        self.max_upload_bytes = max_upload_bytes
        self.session_cookie = session_cookie.encode()
        self.channels: set[Channel] = set()
        self.draining = False

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        channel: Any = http.HTTPFactory.buildProtocol(self, addr)
        channel.requestFactory = Request
        return channel
