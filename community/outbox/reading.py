"""Which events may be read after a position without missing one that commits later."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Max, Q, QuerySet
from django.db.models.expressions import RawSQL

from community.outbox.models import Event


@dataclass(frozen=True, order=True)
class Position:
    """(xid, id) of the last event read; xid is 0 on SQLite, where ids commit in order."""

    xid: int = 0
    event_id: int = 0


def events_after(position: Position, *, only: Q | None = None) -> QuerySet[Event]:
    """Return committed events after position, oldest first; of all, or only those.

    On PostgreSQL events of transactions younger than the oldest running one are left for later:
    one with a smaller id may still commit.
    """
    events = Event.objects.filter(only or Q())
    if connection.vendor != "postgresql":
        return events.filter(id__gt=position.event_id).order_by("id")
    later = Q(xid=position.xid, id__gt=position.event_id) | Q(xid__gt=position.xid)
    # `later` implies the lower bound; with it the index is read from there, not from its start.
    since = events.filter(xid__gte=position.xid, xid__lt=_settled_xid())
    return since.filter(later).order_by("xid", "id")


def head() -> Position:
    """Return the position of the newest event that events_after() would return."""
    if connection.vendor != "postgresql":
        return Position(0, Event.objects.aggregate(last=Max("id"))["last"] or 0)
    newest = Event.objects.filter(xid__lt=_settled_xid()).order_by("-xid", "-id").first()
    return position_of(newest) if newest else Position()


def position_of(event: Event) -> Position:
    return Position(event.xid or 0, event.pk)


def _settled_xid() -> RawSQL:
    return RawSQL("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", ())
