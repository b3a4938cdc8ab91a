from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.jobs import leases
from community.jobs.actions import cancel_job, enqueue
from community.jobs.attempts import _finished, _start
from community.jobs.context import JobContext, JobStoppedError
from community.jobs.models import BackgroundJob, JobState
from community.jobs.reaping import reap_jobs, release_job
from community.jobs.worker import JobWorker
from tests.community.jobs.sample_jobs import count

pytestmark = pytest.mark.django_db


def claim(worker: JobWorker) -> None:
    """Take the next attempt and die before it starts."""
    assert worker._claim() is not None


def start(job: BackgroundJob, worker: JobWorker) -> BackgroundJob:
    """Take the next attempt, start it and die."""
    claim(worker)
    job.refresh_from_db()
    assert job.task_result_id is not None
    started = _start(job.pk, job.task_result_id)
    assert started is not None
    return started


def later(seconds: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds))


def test_job_with_a_lease_is_left_alone(worker: JobWorker) -> None:
    start(enqueue(count, 7, label="Count"), worker)
    with later(29):
        assert reap_jobs() == 0


def test_job_whose_lease_was_extended_is_left_alone(worker: JobWorker) -> None:
    job = start(enqueue(count, 7, label="Count"), worker)
    with later(20):
        leases._extend(job)
    with later(45):
        assert reap_jobs() == 0
    with later(51):
        assert reap_jobs() == 1


@pytest.mark.parametrize("die_in", [start, lambda job, worker: claim(worker)])
def test_job_of_a_killed_worker_gets_its_next_attempt(
    worker: JobWorker, calls: list[object], die_in: object
) -> None:
    job = enqueue(count, 7, label="Count")
    die_in(job, worker)  # type: ignore[operator] # one of the two functions above
    with later(31):
        assert [reap_jobs(), reap_jobs()] == [1, 0]
        assert worker.run_next() is False
    with later(45):
        assert worker.run_next() is True
    job.refresh_from_db()
    assert (job.state, calls) == (JobState.DONE, [(job.attempts, 7)])
    assert DBTaskResult.objects.running().count() == 0


def test_job_whose_last_attempt_was_killed_is_given_up(worker: JobWorker) -> None:
    job = enqueue(count, 7, label="Count")
    BackgroundJob.objects.update(max_attempts=1)
    start(job, worker)
    with later(31):
        reap_jobs()
    job.refresh_from_db()
    assert job.state == JobState.DEAD
    assert "worker" in job.error


def test_cancelled_job_of_a_killed_worker_is_not_started_again(worker: JobWorker) -> None:
    job = start(enqueue(count, 7, label="Count"), worker)
    assert cancel_job(job)
    with later(31):
        reap_jobs()
    job.refresh_from_db()
    assert job.state == JobState.DISCARDED


def test_attempt_whose_end_was_not_written_is_closed(worker: JobWorker) -> None:
    job = start(enqueue(count, 7, label="Count"), worker)
    _finished(job, JobContext(job))
    with later(31):
        assert reap_jobs() == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


@contextmanager
def broken_writes(column: str) -> Iterator[None]:
    """The database refuses whatever writes this column of a job."""

    def refuse(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.startswith('UPDATE "community_backgroundjob"') and f'"{column}" =' in sql:
            raise OperationalError("disk full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("column", ["started_at", "finished_at"])
def test_job_whose_beginning_or_end_was_not_written_is_tried_again(
    worker: JobWorker, column: str
) -> None:
    job = enqueue(count, 7, label="Count")
    with broken_writes(column):
        assert worker.run_next()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    with later(29):
        assert reap_jobs() == 0
    with later(31):
        assert [reap_jobs(), reap_jobs()] == [1, 0]
    with later(45):
        assert worker.run_next()
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_worker_that_lost_its_lease_changes_nothing(worker: JobWorker) -> None:
    lost = start(enqueue(count, 7, label="Count"), worker)
    with later(31):
        reap_jobs()
    with later(45):
        again = start(BackgroundJob.objects.get(), worker)
        with pytest.raises(JobStoppedError):
            JobContext(lost).progress(1, 2)
        _finished(lost, JobContext(lost))
        JobContext(again).progress(3, 4)
    job = BackgroundJob.objects.get()
    assert (job.state, job.attempts, job.done_rows) == (JobState.RUNNING, 2, 3)


def test_released_job_starts_again_at_once_and_the_attempt_does_not_count(
    worker: JobWorker, calls: list[object]
) -> None:
    job = start(enqueue(count, 7, label="Count"), worker)
    assert job.task_result_id is not None
    assert [release_job(job.task_result_id), release_job(job.task_result_id)] == [True, False]
    assert worker.run_next()
    job.refresh_from_db()
    assert (job.state, calls, job.max_attempts) == (JobState.DONE, [(2, 7)], 4)
