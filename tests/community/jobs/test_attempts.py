from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.accounts.models import User
from community.jobs.actions import cancel_job, discard_job, enqueue, retry_job
from community.jobs.models import BackgroundJob, JobState
from community.jobs.worker import JobWorker
from tests.community.jobs import sample_jobs
from tests.community.jobs.sample_jobs import cancel_itself, count, look_at_itself, report_often

pytestmark = pytest.mark.django_db


def state(job: BackgroundJob) -> tuple[str, int]:
    job.refresh_from_db()
    return (job.state, job.attempts)


def test_job_runs_once_with_what_it_was_given(
    worker: JobWorker, calls: list[object], ada: User
) -> None:
    job = enqueue(count, 7, label="Count to 7", owner=ada)
    assert (job.label, job.owner, state(job)) == ("Count to 7", ada, (JobState.WAITING, 0))
    assert [worker.run_next(), worker.run_next()] == [True, False]
    assert (calls, state(job)) == ([(1, 7)], (JobState.DONE, 1))
    assert (job.finished_at is None, job.lease_until, job.error) == (False, None, "")
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_enqueue_rolls_back_with_its_caller() -> None:
    @transaction.atomic
    def ask() -> None:
        enqueue(count, 7, label="Count")
        raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        ask()
    assert (BackgroundJob.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_job_that_fails_is_repeated_later_each_time_and_then_given_up(
    worker: JobWorker, calls: list[object]
) -> None:
    sample_jobs.broken.add("count")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        job = enqueue(count, 7, label="Count")
        for seconds in (10, 20):
            assert [worker.run_next(), worker.run_next()] == [True, False]
            job.refresh_from_db()
            assert job.next_attempt_at == timezone.now() + timedelta(seconds=seconds)
            assert DBTaskResult.objects.ready().count() == 0
            clock.shift(timedelta(seconds=seconds + 1))
        assert [worker.run_next(), worker.run_next()] == [True, False]
    assert (calls, state(job)) == ([(1, 7), (2, 7), (3, 7)], (JobState.DEAD, 3))
    assert "Counting doesn't work." in job.error
    assert job.finished_at is not None


def test_job_that_succeeds_later_keeps_no_error(worker: JobWorker) -> None:
    sample_jobs.broken.add("count")
    job = enqueue(count, 7, label="Count")
    worker.run_next()
    sample_jobs.broken.clear()
    assert retry_job(job)
    worker.run_next()
    assert (state(job), job.error) == ((JobState.DONE, 2), "")


def test_job_of_a_function_that_is_gone_is_repeated_and_says_why(worker: JobWorker) -> None:
    job = enqueue(count, 7, label="Count")
    BackgroundJob.objects.update(task=f"{sample_jobs.__name__}.no_job")
    worker.run_next()
    assert state(job) == (JobState.WAITING, 1)
    assert "is no job." in job.error
    assert sample_jobs.calls == []


def test_running_job_holds_a_lease(worker: JobWorker) -> None:
    enqueue(look_at_itself, label="Look")
    worker.run_next()
    (seen,) = sample_jobs.calls
    assert seen.state == JobState.RUNNING
    assert timedelta(seconds=28) < seen.lease_until - timezone.now() <= timedelta(seconds=30)


def test_progress_is_written_at_most_twice_a_second_and_at_the_end(
    worker: JobWorker, calls: list[object]
) -> None:
    job = enqueue(report_often, 50, label="Report")
    worker.run_next()
    assert len(set(calls)) < 10
    job.refresh_from_db()
    assert (job.done_rows, job.total_rows, job.message) == (50, 50, "Row 50")


def test_cancelled_job_stops_at_its_next_report(worker: JobWorker, calls: list[object]) -> None:
    job = enqueue(cancel_itself, label="Cancel")
    worker.run_next()
    assert (calls, state(job)) == ([], (JobState.DISCARDED, 1))
    assert DBTaskResult.objects.ready().count() == 0


def test_job_that_waits_is_not_cancelled_but_discarded(worker: JobWorker) -> None:
    job = enqueue(count, 7, label="Count")
    assert not cancel_job(job)
    assert discard_job(job)
    assert not discard_job(job)
    assert (worker.run_next(), state(job)) == (False, (JobState.DISCARDED, 0))
    assert DBTaskResult.objects.count() == 0


def test_retry_of_a_job_that_was_given_up_gives_it_one_more_attempt(
    worker: JobWorker, calls: list[object]
) -> None:
    sample_jobs.broken.add("count")
    job = enqueue(count, 7, label="Count")
    for _ in range(3):
        worker.run_next()
        retry_job(job)
    worker.run_next()
    assert (state(job), len(calls)) == ((JobState.DEAD, 4), 4)


def test_retry_of_a_job_that_is_done_is_refused(worker: JobWorker) -> None:
    job = enqueue(count, 7, label="Count")
    worker.run_next()
    assert not retry_job(job)
    assert (worker.run_next(), state(job)) == (False, (JobState.DONE, 1))


def test_attempt_that_was_replaced_does_not_run(worker: JobWorker, calls: list[object]) -> None:
    job = enqueue(count, 7, label="Count")
    replaced = worker._claim()
    assert replaced is not None
    assert retry_job(job)
    worker.run_task(replaced)
    assert calls == []
    worker.run_next()
    assert (calls, state(job)) == ([(1, 7)], (JobState.DONE, 1))
