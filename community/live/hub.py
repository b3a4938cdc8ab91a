"""The open sockets of this process and what each of them watches.

Sockets come and go on the event loop, the follower reads in its thread: all under one lock.
"""

import threading
from collections.abc import Iterable
from typing import Protocol

from community.live.identities import Identity
from community.live.streams import Stream


class Socket(Protocol):
    """What the hub and the follower know of a connection; both calls are for the event loop."""

    identity: Identity

    async def push(self, written: Iterable[str]) -> None: ...

    async def end(self, code: int, reason: str = "") -> None: ...


class Hub:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: dict[Socket, dict[Stream, str]] = {}
        self._watching: dict[Stream, set[Socket]] = {}

    def add(self, socket: Socket) -> None:
        with self._lock:
            self._sockets[socket] = {}

    def remove(self, socket: Socket) -> None:
        with self._lock:
            for stream in self._sockets.pop(socket, {}):
                self._leave(socket, stream)

    def watch(self, socket: Socket, stream: Stream, name: str) -> bool:
        """Return False where the socket is gone by now."""
        with self._lock:
            if socket not in self._sockets:
                return False
            self._sockets[socket][stream] = name
            self._watching.setdefault(stream, set()).add(socket)
            return True

    def unwatch(self, socket: Socket, name: str) -> None:
        with self._lock:
            watched = self._sockets.get(socket, {})
            for stream in [stream for stream, known in watched.items() if known == name]:
                del watched[stream]
                self._leave(socket, stream)

    def drop(self, socket: Socket, stream: Stream) -> None:
        with self._lock:
            if self._sockets.get(socket, {}).pop(stream, None) is not None:
                self._leave(socket, stream)

    def streams(self) -> list[Stream]:
        with self._lock:
            return list(self._watching)

    def watchers(self, stream: Stream) -> dict[Socket, str]:
        """The sockets that watch stream, and the name that each of them asked for."""
        with self._lock:
            return {
                socket: self._sockets[socket][stream] for socket in self._watching.get(stream, ())
            }

    def sockets(self) -> list[Socket]:
        with self._lock:
            return list(self._sockets)

    def sockets_of(self, person_id: int) -> int:
        with self._lock:
            return sum(socket.identity.person_id == person_id for socket in self._sockets)

    def streams_of(self, socket: Socket) -> int:
        with self._lock:
            return len(self._sockets.get(socket, ()))

    def _leave(self, socket: Socket, stream: Stream) -> None:
        watchers = self._watching.get(stream)
        if watchers is not None:
            watchers.discard(socket)
            if not watchers:
                del self._watching[stream]
