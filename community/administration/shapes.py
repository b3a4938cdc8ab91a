"""Background work, as programs get it."""

from typing import TypedDict

from community.accounts.shapes import PersonShape, person_shape
from community.administration.queries import HandlerRow
from community.http.api.shapes import Time, written
from community.jobs.models import BackgroundJob, JobState, ScheduledRun
from community.jobs.shapes import OwnJobShape, own_job_shape
from community.outbox.models import Fanout, ParkedEvent


class HandlerShape(TypedDict):
    name: str
    handled: int
    # Events that it has not looked at yet, about.
    behind: int
    parked: int
    moved_at: Time | None


class ScheduledShape(TypedDict):
    name: str
    next_at: Time
    last_at: Time | None
    # Of the last run; empty where it went well.
    error: str


class WorkShape(TypedDict):
    handlers: list[HandlerShape]
    schedule: list[ScheduledShape]


class ParkedShape(TypedDict):
    id: str
    event: str
    handler: str
    happened_at: Time
    attempts: int
    # Null where it is not tried again by itself.
    next_attempt_at: Time | None
    error: str


class FanoutShape(TypedDict):
    id: str
    kind: str
    # Done so far.
    rows: int
    started_at: Time
    done_at: Time | None
    # Failed ones.
    attempts: int
    next_attempt_at: Time | None
    error: str


class BackgroundJobShape(OwnJobShape):
    label: str
    owner: PersonShape | None
    attempts: int
    max_attempts: int
    error: str
    next_attempt_at: Time | None


def handler_shape(row: HandlerRow) -> HandlerShape:
    return {
        "name": row.name,
        "handled": row.handled,
        "behind": row.behind,
        "parked": row.parked,
        "moved_at": written(row.moved_at) if row.moved_at else None,
    }


def scheduled_shape(run: ScheduledRun) -> ScheduledShape:
    return {
        "name": run.name,
        "next_at": written(run.next_at),
        "last_at": written(run.last_at) if run.last_at else None,
        "error": run.error,
    }


def parked_shape(parked: ParkedEvent) -> ParkedShape:
    """parked comes with its event."""
    at = parked.next_attempt_at
    return {
        "id": parked.public_id,
        "event": parked.event.name,
        "handler": parked.handler,
        "happened_at": written(parked.event.occurred_at),
        "attempts": parked.attempts,
        "next_attempt_at": written(at) if at else None,
        "error": parked.error,
    }


def fanout_shape(fanout: Fanout) -> FanoutShape:
    at = fanout.next_attempt_at
    return {
        "id": fanout.public_id,
        "kind": fanout.kind,
        "rows": fanout.rows,
        "started_at": written(fanout.started_at),
        "done_at": written(fanout.done_at) if fanout.done_at else None,
        "attempts": fanout.attempts,
        "next_attempt_at": written(at) if at and not fanout.done_at else None,
        "error": fanout.error,
    }


def job_shape(job: BackgroundJob) -> BackgroundJobShape:
    """job comes with its owner."""
    at = job.next_attempt_at
    return {
        **own_job_shape(job),
        "label": job.label,
        "owner": person_shape(job.owner) if job.owner else None,
        "attempts": job.attempts,
        "max_attempts": job.max_attempts,
        "error": job.error,
        "next_attempt_at": written(at) if at and job.state == JobState.WAITING else None,
    }
