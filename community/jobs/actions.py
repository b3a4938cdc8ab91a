"""Asking for long work, and what people may do with it afterwards."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from community.jobs.attempts import end, queue
from community.jobs.functions import JobFunction
from community.jobs.models import BackgroundJob, JobState
from community.outbox.recording import action

if TYPE_CHECKING:
    from community.accounts.models import User


@action
def enqueue(
    function: JobFunction, *args: Any, label: str, owner: "User | None" = None
) -> BackgroundJob:
    """Let the worker call function(context, *args); commits and rolls back with the caller.

    args are plain JSON values: ids, not objects. label tells people what the work is.
    """
    job = BackgroundJob.objects.create(
        task=function.name,
        args=list(args),
        label=label,
        owner=owner,
        max_attempts=function.max_attempts,
    )
    queue(job)
    return job


@action
def retry_job(job: BackgroundJob) -> bool:
    """Start the next attempt now; one more than planned where job was given up.

    Returns False, like the actions below, when the job's state no longer allows it.
    """
    current = _locked(job, JobState.DEAD, JobState.WAITING)
    if current is None:
        return False
    current.max_attempts = max(current.max_attempts, current.attempts + 1)
    queue(current)
    return True


@action
def discard_job(job: BackgroundJob) -> bool:
    """Give up a job that is not running."""
    current = _locked(job, JobState.DEAD, JobState.WAITING)
    if current is None:
        return False
    end(current, JobState.DISCARDED)
    return True


@action
def cancel_job(job: BackgroundJob) -> bool:
    """Ask a running job to stop: it does so when it next reports progress, or fails."""
    current = _locked(job, JobState.RUNNING)
    if current is None:
        return False
    current.cancelled_at = current.cancelled_at or timezone.now()
    current.save(update_fields=["cancelled_at"])
    return True


@action
def stop_own_job(job: BackgroundJob, *, by: "User") -> bool:
    """Stop what by asked for, at once where no attempt is running; False where it has ended.

    Raises BackgroundJob.DoesNotExist where somebody else asked for it.
    """
    if job.owner_id != by.pk:
        raise BackgroundJob.DoesNotExist
    return discard_job(job) or cancel_job(job)


def _locked(job: BackgroundJob, *states: JobState) -> BackgroundJob | None:
    return BackgroundJob.objects.select_for_update().filter(pk=job.pk, state__in=states).first()
