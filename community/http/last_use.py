"""When things were last used: kept in memory, written once a minute, never by a page."""

import logging
import threading
from collections.abc import Callable, Sequence

from django.db import DatabaseError, connection

from community.outbox.gate import background_writer

logger = logging.getLogger(__name__)

INTERVAL_SECONDS = 60
BATCH = 500


class Uses:
    """What is in use, by its keys; write stores the present time for some of them."""

    def __init__(self, write: Callable[[list[str]], object]) -> None:
        self._write = write
        self._mutex = threading.Lock()
        self._used: set[str] = set()

    def note(self, key: str) -> None:
        """Remember that something is in use now. Touches no database."""
        with self._mutex:
            self._used.add(key)

    def write(self) -> int:
        """Write the time for all that was noted since the last call; return how much."""
        with self._mutex:
            keys = sorted(self._used)
            self._used.clear()
        for start in range(0, len(keys), BATCH):
            self._write(keys[start : start + BATCH])
        return len(keys)


class UseWriter:
    """A thread of the web process that writes the uses every minute, and once more at its end."""

    def __init__(self, uses: Sequence[Uses], interval_seconds: float = INTERVAL_SECONDS) -> None:
        self._uses = uses
        self._interval_seconds = interval_seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="last-use", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        with background_writer():
            while not self._stopped.wait(self._interval_seconds):
                self._write_or_log()
            self._write_or_log()
        connection.close()

    def _write_or_log(self) -> None:
        """A database that is away must not end the thread; the next minute notes again."""
        try:
            for uses in self._uses:
                uses.write()
        except DatabaseError:
            logger.warning("Last uses could not be written", exc_info=True)
            connection.close()
