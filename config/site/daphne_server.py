"""One Daphne on one listening socket, with limits, back-pressure and an orderly end."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from daphne.server import Server as DaphneServer
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import reactor as twisted_reactor
from twisted.logger import STDLibLogObserver, globalLogBeginner

from config.site.http import Factory, Request
from config.site.stored_file import FileSender, take_file_header

# Twisted's own annotations need a plugin of mypy.
reactor: Any = twisted_reactor

# Means what 1012, "service restart", means; the library lets an application send 3000 to 4999.
RESTART_CODE = 4012
RESTART_REASON = "retry=2"
# A request that is on its way while the drain begins arrives within this time.
IDLE_GRACE_SECONDS = 0.5

Message = dict[str, Any]
AsgiApplication = Callable[..., Awaitable[None]]


class Socket(WebSocketProtocol):  # type: ignore[misc] # Daphne is untyped
    """A socket that ends with a reason, and whose handshake may fail before Daphne set it up."""

    def handle_reply(self, message: Message) -> None:
        if message["type"] == "websocket.close" and self.state == self.STATE_OPEN:
            self.sendClose(message.get("code") or 1000, message.get("reason"))
        else:
            super().handle_reply(message)

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:  # noqa: N802, N803
        if hasattr(self, "server"):
            super().onClose(wasClean, code, reason)


class SocketFactory(WebSocketFactory):  # type: ignore[misc] # Daphne is untyped
    protocol = Socket


class Server(DaphneServer):  # type: ignore[misc] # Daphne is untyped
    """Serves application on listener until SIGTERM or SIGINT, and then drains.

    Draining means: take no new connection, finish what runs, close sockets with RESTART_CODE and
    a retry time in seconds as the reason; all within drain_seconds. A second SIGINT ends at once.
    A client that reads nothing for stall_seconds of a streamed answer is cut off.
    """

    def __init__(
        self,
        application: AsgiApplication,
        listener: socket.socket,
        *,
        max_body_bytes: int = 1024 * 1024,
        max_upload_bytes: int = 26 * 1024 * 1024,
        session_cookie: str = "sessionid",
        max_frame_bytes: int = 64 * 1024,
        drain_seconds: float = 10,
        stall_seconds: float = 30,
    ) -> None:
        super().__init__(
            application,
            endpoints=[f"fd:fileno={listener.fileno()}"],
            server_name="",
            websocket_max_frame_size=max_frame_bytes,
            websocket_max_message_size=max_frame_bytes,
        )
        self._listener = listener
        self._max_body_bytes, self._max_upload_bytes = max_body_bytes, max_upload_bytes
        self._session_cookie = session_cookie
        self._drain_seconds = drain_seconds
        self._stall_seconds = stall_seconds
        self._stopped = False

    def run(self) -> None:
        """Serve; return after the drain."""
        self.connections: dict[Any, dict[str, Any]] = {}
        self.http_factory = Factory(
            self,
            self._max_body_bytes,
            self._max_upload_bytes,
            self._session_cookie,
        )
        self.ws_factory = self._make_socket_factory()
        twisted_log: Any = STDLibLogObserver("daphne")
        globalLogBeginner.beginLoggingTo(
            [twisted_log], redirectStandardIO=False, discardBuffer=True
        )
        self._loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
        asyncio.set_event_loop(self._loop)
        self._loop.add_signal_handler(signal.SIGTERM, self.drain)
        self._loop.add_signal_handler(signal.SIGINT, self.interrupt)
        self._listener.setblocking(False)
        self._port = reactor.adoptStreamPort(
            self._listener.fileno(), self._listener.family, self.http_factory
        )
        self._listener.close()
        self._loop.call_later(1, self.application_checker)
        self._loop.call_later(2, self.timeout_checker)
        reactor.run(installSignalHandlers=False)

    def create_application(self, protocol: Any, scope: Message) -> Any:
        if isinstance(protocol, Request):
            protocol.give_body_to(scope)
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: Message) -> None:
        """Pass message on; return when the client is ready for more."""
        path = take_file_header(message) if message["type"] == "http.response.start" else None
        if path is not None and self._is_open(protocol):
            sender = FileSender(protocol, self._stall_seconds)
            await sender.send(path, message["status"], message["headers"])
            return
        await super().handle_reply(protocol, message)
        if message.get("more_body"):
            await protocol.drained(self._stall_seconds)

    def drain(self) -> None:
        """Begin to end; further calls change nothing."""
        if self.http_factory.draining:
            return
        self.http_factory.draining = True
        self._port.stopListening()
        for channel in list(self.http_factory.channels):
            if channel.requests:
                channel.close_after_answer()
        self._close_sockets()
        self._loop.call_later(IDLE_GRACE_SECONDS, self._close_connections)
        self._loop.call_later(self._drain_seconds, self._stop)
        self._stop_when_quiet()

    def interrupt(self) -> None:
        """Begin to end; the second call ends at once."""
        if self.http_factory.draining:
            self._stop()
        self.drain()

    def _make_socket_factory(self) -> SocketFactory:
        factory = SocketFactory(self, server=self.server_name)
        factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            # Origins are judged by config.site.sockets; a client that breaks the rules gets a code.
            allowNullOrigin=True,
            failByDrop=False,
            openHandshakeTimeout=self.websocket_handshake_timeout,
            maxMessagePayloadSize=self.websocket_max_message_size,
            maxFramePayloadSize=self.websocket_max_frame_size,
        )
        return factory

    def _is_open(self, protocol: Any) -> bool:
        return not self.connections.get(protocol, {"disconnected": True}).get("disconnected")

    def _close_connections(self) -> None:
        for channel in list(self.http_factory.channels):
            channel.close_after_answer()
        self._close_sockets()

    def _close_sockets(self) -> None:
        for protocol in list(self.connections):
            if not isinstance(protocol, WebSocketProtocol):
                continue
            if protocol.state == protocol.STATE_OPEN:
                protocol.sendClose(RESTART_CODE, RESTART_REASON)
            elif hasattr(protocol, "handshake_deferred"):
                protocol.serverReject()

    def _stop_when_quiet(self) -> None:
        applications = [c.get("application_instance") for c in self.connections.values()]
        running = [a for a in applications if a is not None and not a.done()]
        if self.http_factory.channels or running:
            self._loop.call_later(0.05, self._stop_when_quiet)
        else:
            self._stop()

    def _stop(self) -> None:
        if not self._stopped:
            self._stopped = True
            reactor.stop()
