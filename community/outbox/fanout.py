"""Work on more rows than a handler may touch for one event, 500 at a time."""

import logging
import traceback
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from community.outbox.faults import is_transient
from community.outbox.models import Fanout
from community.outbox.recording import action, savepoint

logger = logging.getLogger(__name__)

# (data, position, limit) -> (rows done, next position), None as the position when all is done.
# A step that takes long for a row does fewer than limit: SQLite's write lock is held meanwhile.
Step = Callable[[dict[str, Any], int, int], tuple[int, int | None]]

ROWS = 500
ATTEMPTS = 8
FIRST_RETRY = timedelta(seconds=10)


def steps() -> Mapping[str, Step]:
    table: Mapping[str, Step] = import_string(settings.FANOUTS)
    return table


def start_fanout(kind: str, **data: Any) -> Fanout:
    """Ask for work on many rows; call it in an action or a handler.

    Raises KeyError for a kind that settings.FANOUTS doesn't know.
    """
    steps()[kind]
    return Fanout.objects.create(kind=kind, data=data)


def fanout_is_due() -> bool:
    """One read, no lock."""
    return _due().exists()


def _due() -> QuerySet[Fanout]:
    return Fanout.objects.filter(done_at=None, next_attempt_at__lte=timezone.now())


@action
def advance_fanout() -> int:
    """Advance the oldest fan-out that is due by up to 500 rows.

    Returns the rows done, 1 for a failure, 0 if none is due.
    """
    fanout = _due().select_for_update(skip_locked=True).order_by("id").first()
    if fanout is None:
        return 0
    try:
        with savepoint():
            rows, position = steps()[fanout.kind](fanout.data, fanout.position, ROWS)
    except Exception as error:
        # A step is any code: what it raises is kept on the fan-out, which is tried again later, so
        # that the fan-outs after it go on.
        if is_transient(error):
            raise
        logger.exception("fan-out %s failed at %s", fanout.kind, fanout.position)
        _postpone(fanout, traceback.format_exc())
        return 1
    _move(fanout, rows, position)
    return max(rows, 1)


def _move(fanout: Fanout, rows: int, position: int | None) -> None:
    fanout.rows += rows
    if position is None:
        fanout.next_attempt_at = None
        fanout.done_at = timezone.now()
    else:
        fanout.position = position
    fanout.attempts, fanout.error = 0, ""
    fanout.save(
        update_fields=["rows", "position", "next_attempt_at", "done_at", "attempts", "error"]
    )


def _postpone(fanout: Fanout, error: str) -> None:
    fanout.attempts += 1
    fanout.error = error[-4000:]
    wait = FIRST_RETRY * 2 ** (fanout.attempts - 1)
    fanout.next_attempt_at = None if fanout.attempts >= ATTEMPTS else timezone.now() + wait
    fanout.save(update_fields=["attempts", "error", "next_attempt_at"])
