"""How the background work stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from community.jobs.models import BackgroundJob, JobState, ScheduledRun
from community.jobs.schedule import schedules
from community.outbox.cursors import handlers
from community.outbox.models import Cursor, Fanout, ParkedEvent
from community.outbox.reading import head


@dataclass(frozen=True)
class HandlerRow:
    name: str
    handled: int
    # Events it has not looked at yet, whether it hears them or not; about.
    behind: int
    moved_at: datetime | None
    parked: int


def handler_rows() -> list[HandlerRow]:
    """Every subscribed handler, the furthest behind first; three queries."""
    newest = head().event_id
    cursors = {cursor.handler: cursor for cursor in Cursor.objects.all()}
    parked = dict(ParkedEvent.objects.values_list("handler").annotate(Count("pk")))
    rows = [
        _row(name, cursors.get(name, Cursor()), newest, parked.get(name, 0)) for name in handlers()
    ]
    return sorted(rows, key=lambda row: (-row.behind, row.name))


def _row(name: str, cursor: Cursor, newest: int, parked: int) -> HandlerRow:
    left = max(newest - cursor.event_id, 0)
    return HandlerRow(name, cursor.handled, left, cursor.moved_at, parked)


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
