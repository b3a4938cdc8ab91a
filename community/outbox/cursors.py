"""Handlers read events through cursors: their effects and the cursor move in one transaction."""

import logging
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from community.outbox.faults import is_transient
from community.outbox.models import Cursor, Event, ParkedEvent
from community.outbox.reading import Position, events_after, head, position_of
from community.outbox.recording import action, savepoint

logger = logging.getLogger(__name__)

Handler = Callable[[Event], None]
BATCH = 200
CHUNK = 20
# How far a cursor may stay behind while its handler hears nothing.
UNHEARD_EVENTS = 100
# People who post on SQLite wait for as long as a batch holds the lock; on PostgreSQL nobody does.
BATCH_SECONDS = {"sqlite": 0.02, "postgresql": 0.2}
ATTEMPTS = 8
FIRST_RETRY = timedelta(seconds=10)


def handlers() -> Mapping[str, tuple[Handler, frozenset[str]]]:
    """Return each handler by its dotted name, with the event names that it subscribes to."""
    return _handlers_of(settings.SUBSCRIPTIONS)


@cache
def _handlers_of(dotted_name: str) -> Mapping[str, tuple[Handler, frozenset[str]]]:
    table: Mapping[str, Sequence[Handler]] = import_string(dotted_name)
    found: dict[str, tuple[Handler, set[str]]] = {}
    for event_name, subscribed in table.items():
        for handler in subscribed:
            found.setdefault(handler_name(handler), (handler, set()))[1].add(event_name)
    return {name: (handler, frozenset(names)) for name, (handler, names) in found.items()}


def handler_name(handler: Handler) -> str:
    return f"{handler.__module__}.{handler.__qualname__}"


def behind() -> list[str]:
    """Return the names of the handlers that have events to read; three reads, no lock."""
    return late_handlers(head(), handler_positions())


def late_handlers(newest: Position, positions: Mapping[str, Position]) -> list[str]:
    """Return those that hear something of what is new, and those that are 100 events behind.

    The others are left where they are: each move of a cursor is a transaction that people who post
    wait for.
    """
    late = {name: position for name, position in positions.items() if position < newest}
    far = {name for name in late if newest.event_id - late[name].event_id >= UNHEARD_EVENTS}
    named = far | _with_news({name: late[name] for name in late.keys() - far})
    return [name for name in late if name in named]


def handler_positions() -> dict[str, Position]:
    """How far each subscribed handler has read."""
    read = {
        cursor.handler: Position(cursor.xid, cursor.event_id) for cursor in Cursor.objects.all()
    }
    return {name: read.get(name, Position()) for name in handlers()}


def _with_news(positions: Mapping[str, Position]) -> set[str]:
    """The handlers that hear one of the events after their position; one read for them all."""
    if not positions:
        return set()
    news = events_after(min(positions.values())).values_list("xid", "pk", "name")
    told = [(Position(xid or 0, pk), event_name) for xid, pk, event_name in news]
    return {
        name
        for name, position in positions.items()
        if any(at > position and heard in handlers()[name][1] for at, heard in told)
    }


@action
def advance(name: str, *, batch: int = BATCH, seconds: float | None = None) -> int:
    """Run one handler over its next events; return how many it was given.

    Returns 0 too while another worker holds the cursor. A handler without a cursor starts at
    the first event there is. A slow handler is given fewer than batch events: no more are begun
    after seconds, by default 0.02 on SQLite and 0.2 on PostgreSQL.
    """
    until = time.monotonic() + (BATCH_SECONDS[connection.vendor] if seconds is None else seconds)
    handler, event_names = handlers()[name]
    cursor = _lock_cursor(name)
    if cursor is None:
        return 0
    newest = head()
    after = Position(cursor.xid, cursor.event_id)
    waiting = events_after(after).filter(name__in=event_names)[:batch]
    given, last, is_late = 0, Position(), False
    # Read a few at a time: a slow handler has no time for a whole batch.
    for event in waiting.iterator(chunk_size=CHUNK):
        _handle(name, handler, event)
        given, last = given + 1, position_of(event)
        is_late = time.monotonic() >= until
        if is_late:
            break
    # On PostgreSQL events may have come between the two reads: the last one may be newer.
    is_all = given < batch and not is_late
    _move(cursor, max(last, newest) if is_all else last, given)
    return given


def _lock_cursor(name: str) -> Cursor | None:
    Cursor.objects.get_or_create(handler=name)
    return Cursor.objects.select_for_update(skip_locked=True).filter(handler=name).first()


def _move(cursor: Cursor, to: Position, handled: int) -> None:
    if to <= Position(cursor.xid, cursor.event_id):
        return
    cursor.xid, cursor.event_id = to.xid, to.event_id
    cursor.handled += handled
    cursor.moved_at = timezone.now()
    cursor.save(update_fields=["xid", "event_id", "handled", "moved_at"])


def _handle(name: str, handler: Handler, event: Event) -> None:
    try:
        with savepoint():
            handler(event)
    except Exception as error:
        # A handler is any code: what it raises parks this event, and the events after it go on.
        if is_transient(error):
            raise  # a deadlock or a lost connection: the whole batch is repeated
        logger.exception("%s failed on event %s and goes on without it", name, event.pk)
        _park(name, event, traceback.format_exc())


def _park(name: str, event: Event, error: str) -> None:
    ParkedEvent.objects.update_or_create(
        handler=name,
        event=event,
        defaults={"error": error[-4000:], "next_attempt_at": timezone.now() + FIRST_RETRY},
    )


def parked_is_due() -> bool:
    """One read, no lock."""
    return _due().exists()


def _due() -> QuerySet[ParkedEvent]:
    return ParkedEvent.objects.filter(next_attempt_at__lte=timezone.now())


def retry_parked(*, limit: int = 20, seconds: float | None = None) -> int:
    """Give parked events that are due another try; return how many were tried.

    Each in a transaction of its own, and none after seconds, by default as in advance().
    """
    until = time.monotonic() + (BATCH_SECONDS[connection.vendor] if seconds is None else seconds)
    tried = 0
    while tried < limit and _retry_next():
        tried += 1
        if time.monotonic() >= until:
            break
    return tried


@action
def _retry_next() -> bool:
    due = _due().select_for_update(skip_locked=True, of=("self",)).select_related("event")
    parked = due.order_by("next_attempt_at", "pk").first()
    if parked is not None:
        _retry(parked)
    return parked is not None


def _retry(parked: ParkedEvent) -> None:
    known = handlers().get(parked.handler)
    if known is None:
        ParkedEvent.objects.filter(pk=parked.pk).update(
            next_attempt_at=None, error="This handler no longer exists."
        )
        return
    try:
        with savepoint():
            known[0](parked.event)
    except Exception as error:
        # As in _handle(): the event waits longer, and is given up after its last attempt.
        if is_transient(error):
            raise
        logger.exception("%s failed again on event %s", parked.handler, parked.event_id)
        _postpone(parked, traceback.format_exc())
    else:
        parked.delete()


def _postpone(parked: ParkedEvent, error: str) -> None:
    attempts = parked.attempts + 1
    wait = FIRST_RETRY * 2 ** (attempts - 1)
    ParkedEvent.objects.filter(pk=parked.pk).update(
        attempts=F("attempts") + 1,
        error=error[-4000:],
        next_attempt_at=None if attempts >= ATTEMPTS else timezone.now() + wait,
    )
