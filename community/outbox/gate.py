"""A first-in, first-out queue in front of SQLite's one writer.

SQLite lets waiting writers race: a busy one starves the others, whose p95 goes from 10 ms to 3 s.
Inside one process threads therefore queue here before they ask for the write lock, and threads
that do background work leave the lock alone for a while after each commit.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SHORTEST_PAUSE_SECONDS = 0.005


class FifoGate:
    """A lock that is handed over in the order of arrival."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._busy = False

    def acquire(self) -> None:
        with self._mutex:
            if not self._busy:
                self._busy = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()

    def release(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._busy = False


_gate = FifoGate()
_thread = threading.local()


@contextmanager
def background_writer() -> Iterator[None]:
    """Make this thread pause after each write, so that it never keeps people waiting."""
    _thread.pauses = True
    try:
        yield
    finally:
        _thread.pauses = False


@contextmanager
def write_gate() -> Iterator[None]:
    """Hold this process's turn to write; does nothing on PostgreSQL or inside a transaction.

    A background writer then pauses as long as it wrote, 5 ms or more.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    _gate.acquire()
    started = time.monotonic()
    try:
        yield
    finally:
        _gate.release()
        if getattr(_thread, "pauses", False):
            time.sleep(max(time.monotonic() - started, SHORTEST_PAUSE_SECONDS))
