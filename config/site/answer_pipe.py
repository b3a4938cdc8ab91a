"""The way of one answer from the thread that makes it to the event loop that sends it."""

import asyncio
import threading
from typing import Any

WINDOW_BYTES = 64 * 1024

Message = dict[str, Any]


class ClientGoneError(Exception):
    """The client has broken off; raised in the thread by its next write."""


class AnswerPipe:
    """Carries ASGI messages out of one thread, at most about WINDOW_BYTES ahead of the client.

    The thread calls `put`, `end` and `fail`; the event loop calls `get`, `sent` and `break_off`.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.broken = False
        self._loop = loop
        self._messages: asyncio.Queue[Message | BaseException | None] = asyncio.Queue()
        self._room = threading.Condition()
        self._bytes_ahead = 0

    def put(self, *messages: Message) -> None:
        """Hand messages over; wait while the client is behind. Raises ClientGoneError."""
        with self._room:
            self._room.wait_for(lambda: self.broken or self._bytes_ahead < WINDOW_BYTES)
            if self.broken:
                raise ClientGoneError
            self._bytes_ahead += sum(map(size, messages))
        self._hand_over(*messages)

    def end(self) -> None:
        """Say that nothing follows."""
        self._hand_over(None)

    def fail(self, error: BaseException) -> None:
        """Say that the answer can't be finished."""
        self._hand_over(error)

    async def get(self) -> Message | None:
        """Return the next message, None at the end. Raises what the thread failed with."""
        message = await self._messages.get()
        if isinstance(message, BaseException):
            raise message
        return message

    def sent(self, message: Message) -> None:
        """Count message as taken by the client, so that the thread may go on."""
        with self._room:
            self._bytes_ahead -= size(message)
            self._room.notify()

    def break_off(self) -> None:
        """Let the thread's present and next write raise ClientGoneError."""
        with self._room:
            self.broken = True
            self._room.notify()

    def _hand_over(self, *messages: Message | BaseException | None) -> None:
        self._loop.call_soon_threadsafe(self._append, messages)

    def _append(self, messages: tuple[Message | BaseException | None, ...]) -> None:
        for message in messages:
            self._messages.put_nowait(message)


def size(message: Message) -> int:
    return len(message.get("body", b""))
