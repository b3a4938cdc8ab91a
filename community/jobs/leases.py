"""A running job holds a lease; when its worker dies nobody extends it, and the reaper sees that."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import Error, connection
from django.db.models import QuerySet
from django.utils import timezone

from community.jobs.models import BackgroundJob, JobState
from community.outbox.recording import action

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)


def this_attempt(job: BackgroundJob) -> QuerySet[BackgroundJob]:
    """The job's row, as long as the attempt that job was read in is the running one."""
    return BackgroundJob.objects.filter(
        pk=job.pk, state=JobState.RUNNING, attempts=job.attempts, task_result_id=job.task_result_id
    )


@contextmanager
def kept_lease(job: BackgroundJob) -> Iterator[None]:
    """Extend the lease from a thread of its own until the block ends."""
    is_over = threading.Event()
    threading.Thread(target=_keep, args=(job, is_over), name="lease", daemon=True).start()
    try:
        yield
    finally:
        is_over.set()


def _keep(job: BackgroundJob, is_over: threading.Event) -> None:
    while not is_over.wait(LEASE.total_seconds() / 3):
        try:
            _extend(job)
        except Error:
            logger.exception("The lease of job %s could not be extended", job.public_id)
        finally:
            connection.close()


@action
def _extend(job: BackgroundJob) -> None:
    this_attempt(job).update(lease_until=timezone.now() + LEASE)
