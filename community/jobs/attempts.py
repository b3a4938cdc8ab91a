"""The attempts of a job: queued with django-tasks, run in the worker, repeated or given up."""

import logging
import traceback
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from community.jobs.context import JobContext, JobStoppedError
from community.jobs.functions import find_function
from community.jobs.leases import LEASE, kept_lease, this_attempt
from community.jobs.models import BackgroundJob, JobState
from community.outbox.recording import action

logger = logging.getLogger(__name__)

FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=1)


def queue(job: BackgroundJob, *, at: datetime | None = None) -> None:
    """Let a worker start the next attempt of job, at once or from at on."""
    unqueue(job)
    result = run_job.using(run_after=at).enqueue(job.pk)
    job.state, job.task_result_id = JobState.WAITING, UUID(result.id)
    job.lease_until = job.finished_at = None
    job.next_attempt_at = at or timezone.now()
    job.save()


def end(job: BackgroundJob, state: JobState) -> None:
    unqueue(job)
    job.state, job.finished_at = state, timezone.now()
    job.lease_until = job.next_attempt_at = None
    job.save()


def unqueue(job: BackgroundJob) -> None:
    """Take back an attempt that no worker has taken."""
    if job.task_result_id is not None:
        waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
        waiting.filter(pk=job.task_result_id).delete()


def try_again(job: BackgroundJob, error: str) -> None:
    """Queue the next attempt, later each time; give up after the last one."""
    job.error = error[-4000:]
    if job.cancelled_at:
        end(job, JobState.DISCARDED)
    elif job.attempts >= job.max_attempts:
        end(job, JobState.DEAD)
    else:
        wait = FIRST_RETRY * 2 ** min(max(job.attempts, 1) - 1, 20)
        queue(job, at=timezone.now() + min(wait, LONGEST_RETRY))


@task(takes_context=True)
def run_job(context: TaskContext, job_id: int) -> None:
    """Run one attempt; the only function that the worker of django-tasks-db ever calls."""
    job = _start(job_id, UUID(context.task_result.id))
    if job is None:
        return
    job_context = JobContext(job)
    try:
        with kept_lease(job):
            find_function(job.task)(job_context, *job.args)
    except JobStoppedError:
        _stopped(job)
    except Exception:
        # A job is any code: whatever it raises ends this attempt and is kept with its traceback,
        # and the job is tried again later.
        logger.exception("Job %s (%s) failed in attempt %s", job.public_id, job.task, job.attempts)
        _failed(job, traceback.format_exc())
    else:
        _finished(job, job_context)


@action
def _start(job_id: int, result_id: UUID) -> BackgroundJob | None:
    """Count the attempt; None where this is not the attempt that the job waits for."""
    now = timezone.now()
    waiting = BackgroundJob.objects.filter(
        pk=job_id, state=JobState.WAITING, task_result_id=result_id
    )
    started = waiting.update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        started_at=now,
        lease_until=now + LEASE,
        next_attempt_at=None,
    )
    return BackgroundJob.objects.get(pk=job_id) if started else None


@action
def _finished(job: BackgroundJob, context: JobContext) -> None:
    now = timezone.now()
    this_attempt(job).update(
        state=JobState.DONE, finished_at=now, lease_until=None, error="", **context.report()
    )


@action
def _failed(job: BackgroundJob, error: str) -> None:
    current = this_attempt(job).select_for_update().first()
    if current is not None:
        try_again(current, error)


@action
def _stopped(job: BackgroundJob) -> None:
    cancelled = this_attempt(job).select_for_update().exclude(cancelled_at=None).first()
    if cancelled is not None:
        end(cancelled, JobState.DISCARDED)
