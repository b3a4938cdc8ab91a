"""How the background work stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from community.jobs.models import BackgroundJob, JobState, ScheduledRun
from community.jobs.schedule import schedules
from community.outbox.cursors import handlers, late_handlers
from community.outbox.models import Cursor, Fanout, ParkedEvent
from community.outbox.reading import Position, head


@dataclass(frozen=True)
class HandlerRow:
    name: str
    handled: int
    # Events it has not looked at yet, about; 0 where it hears none of them.
    behind: int
    moved_at: datetime | None
    parked: int


def handler_rows() -> list[HandlerRow]:
    """Every subscribed handler, the furthest behind first; four queries."""
    newest = head()
    cursors = {cursor.handler: cursor for cursor in Cursor.objects.all()}
    read = {name: cursors.get(name, Cursor()) for name in handlers()}
    late = late_handlers(newest, {name: Position(at.xid, at.event_id) for name, at in read.items()})
    parked = dict(ParkedEvent.objects.values_list("handler").annotate(Count("pk")))
    rows = [
        HandlerRow(
            name=name,
            handled=cursor.handled,
            behind=newest.event_id - cursor.event_id if name in late else 0,
            moved_at=cursor.moved_at,
            parked=parked.get(name, 0),
        )
        for name, cursor in read.items()
    ]
    return sorted(rows, key=lambda row: (-row.behind, row.name))


def scheduled_runs() -> QuerySet[ScheduledRun]:
    return ScheduledRun.objects.filter(name__in=schedules()).order_by("next_at")


def parked_events() -> QuerySet[ParkedEvent]:
    return ParkedEvent.objects.select_related("event__stream")


def fanouts() -> QuerySet[Fanout]:
    return Fanout.objects.all()


def jobs() -> QuerySet[BackgroundJob]:
    return BackgroundJob.objects.select_related("owner")


@dataclass(frozen=True)
class OpenWork:
    """What is not done, for the tabs."""

    parked: int
    fanouts: int
    jobs: int


def open_work() -> OpenWork:
    open_states = Q(state__in=[JobState.WAITING, JobState.RUNNING, JobState.DEAD])
    return OpenWork(
        parked=ParkedEvent.objects.count(),
        fanouts=Fanout.objects.filter(done_at=None).count(),
        jobs=BackgroundJob.objects.filter(open_states).count(),
    )
