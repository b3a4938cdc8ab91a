"""Events and cursors in another PostgreSQL cluster, whose transaction ids mean something else."""

from django.db import connection
from django.db.models import Max, Q
from django.utils.timezone import now

from community.outbox.cursors import handlers
from community.outbox.models import Cursor, Event, ParkedEvent
from community.outbox.recording import action

WAITING = "It was waiting when the backup was made."


@action
def forget_transaction_ids() -> None:
    """Order all events by their ids alone, so that they come before whatever is recorded next.

    Ids of the old cluster may lie above those of the new one: its events would never be read, and
    new ones would lie behind the cursors. Each handler still gets each event once: one that a
    cursor would now jump over is parked and due at once. Does nothing on SQLite.
    """
    if connection.vendor != "postgresql":
        return
    for cursor in Cursor.objects.select_for_update().order_by("pk"):
        _move_to_ids(cursor)
    Event.objects.exclude(xid=0).update(xid=0)


def _move_to_ids(cursor: Cursor) -> None:
    read = Q(xid__lt=cursor.xid) | Q(xid=cursor.xid, pk__lte=cursor.event_id)
    last = Event.objects.filter(read).aggregate(last=Max("pk"))["last"] or 0
    _handler, names = handlers().get(cursor.handler, (None, frozenset[str]()))
    jumped = Event.objects.exclude(read).filter(pk__lt=last, name__in=names)
    ParkedEvent.objects.bulk_create(
        (
            ParkedEvent(handler=cursor.handler, event=event, error=WAITING, next_attempt_at=now())
            for event in jumped
        ),
        ignore_conflicts=True,
    )
    cursor.xid, cursor.event_id = 0, last
    cursor.save(update_fields=["xid", "event_id"])
