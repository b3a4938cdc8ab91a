"""Attempts whose worker is gone, or is about to go, are put back."""

from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.jobs.attempts import queue, try_again
from community.jobs.leases import LEASE
from community.jobs.models import BackgroundJob, JobState
from community.outbox.recording import action

GONE = "The worker that ran this attempt ended in the middle of it."


@action
def reap_jobs() -> int:
    """Queue the next attempt of jobs whose lease ran out; return how many attempts were lost."""
    return _reap_attempts() + _reap_jobs()


def _reap_attempts() -> int:
    now = timezone.now()
    leased = BackgroundJob.objects.filter(state=JobState.RUNNING, lease_until__gte=now)
    lost = (
        DBTaskResult.objects.running()
        .filter(started_at__lt=now - LEASE)
        .exclude(pk__in=leased.exclude(task_result_id=None).values("task_result_id"))
    )
    found = list(lost.select_for_update(skip_locked=True)[:100])
    for result in found:
        job = _close(result.pk)
        if job is not None:
            try_again(job, GONE)
    return len(found)


def _reap_jobs() -> int:
    """Where an attempt's beginning or end could not be written, its row says that it is over."""
    now = timezone.now()
    open_rows = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    attempts = DBTaskResult.objects.filter(status__in=open_rows)
    waiting = Q(state=JobState.WAITING, next_attempt_at__lt=now - LEASE)
    waiting &= ~Q(task_result_id__in=attempts.values("pk"))
    lost = BackgroundJob.objects.filter(Q(state=JobState.RUNNING, lease_until__lt=now) | waiting)
    found = list(lost.order_by("pk").select_for_update(skip_locked=True)[:100])
    for job in found:
        try_again(job, GONE)
    return len(found)


@action
def release_job(result_id: UUID) -> bool:
    """Put back a running attempt that its worker has no time to finish; it doesn't count."""
    job = _close(result_id)
    if job is None:
        return False
    job.max_attempts += 1
    queue(job)
    return True


def _close(result_id: UUID) -> BackgroundJob | None:
    """End the attempt's row; return its job, locked, where the attempt is still the job's."""
    DBTaskResult.objects.filter(pk=result_id, status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now(), traceback=GONE
    )
    unended = [JobState.WAITING, JobState.RUNNING]
    jobs = BackgroundJob.objects.select_for_update()
    return jobs.filter(task_result_id=result_id, state__in=unended).first()
