"""Background work that went wrong."""

from typing import Any

from community.jobs.actions import enqueue
from community.jobs.models import BackgroundJob, JobState
from community.outbox.models import Event, Fanout, ParkedEvent
from tests.community.jobs.sample_jobs import count


def make_parked(handler: str = "sample.handler") -> ParkedEvent:
    event = Event.objects.order_by("-id")[0]
    return ParkedEvent.objects.create(handler=handler, event=event, error="It broke.", attempts=8)


def make_fanout(**fields: Any) -> Fanout:
    return Fanout.objects.create(kind="rerender", rows=500, **fields)


def make_job(state: str = JobState.DEAD, **fields: Any) -> BackgroundJob:
    job = enqueue(count, 7, label="Count to seven")
    BackgroundJob.objects.filter(pk=job.pk).update(state=state, **fields)
    job.refresh_from_db()
    return job


def all_rows() -> list[Any]:
    parked, fanouts, jobs = ParkedEvent.objects, Fanout.objects, BackgroundJob.objects
    return [list(parked.values()), list(fanouts.values()), list(jobs.values())]
