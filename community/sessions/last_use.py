"""When sessions were last used: kept in memory, written once a minute, never by a page."""

import logging
import threading

from django.db import DatabaseError, connection
from django.utils import timezone

from community.outbox.gate import background_writer
from community.outbox.recording import action
from community.sessions.models import Session

logger = logging.getLogger(__name__)

INTERVAL_SECONDS = 60
BATCH = 500

_mutex = threading.Lock()
_used: set[str] = set()


def note_use(session_key: str) -> None:
    """Remember that a session is in use now. Touches no database."""
    with _mutex:
        _used.add(session_key)


def write_uses() -> int:
    """Write the time for all sessions that were noted since the last call; return how many."""
    with _mutex:
        keys = sorted(_used)
        _used.clear()
    for start in range(0, len(keys), BATCH):
        _write(keys[start : start + BATCH])
    return len(keys)


@action
def _write(keys: list[str]) -> None:
    # A session that ended meanwhile has no row: an update brings none back.
    Session.objects.filter(session_key__in=keys).update(last_used_at=timezone.now())


class UseWriter:
    """A thread of the web process that writes the uses every minute, and once more at its end."""

    def __init__(self, interval_seconds: float = INTERVAL_SECONDS) -> None:
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
            write_uses()
        except DatabaseError:
            logger.warning("Last uses of sessions could not be written", exc_info=True)
            connection.close()
