from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community.accounts.models import User
from community.http.models import Submission
from community.jobs.actions import enqueue
from community.jobs.models import BackgroundJob, JobState
from community.jobs.pruning import prune_work
from community.jobs.worker import JobWorker
from community.outbox.models import Fanout
from config.schedules import prune_submissions
from tests.community.jobs.sample_jobs import count

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "days", "is_kept"),
    [
        (JobState.DONE, 13, True),
        (JobState.DONE, 15, False),
        (JobState.DISCARDED, 15, False),
        (JobState.DEAD, 15, True),
    ],
)
def test_jobs_that_ended_long_ago_are_deleted(
    state: JobState, days: int, is_kept: bool, worker: JobWorker
) -> None:
    enqueue(count, 7, label="Count")
    worker.run_next()
    at = timezone.now() - timedelta(days=days)
    BackgroundJob.objects.update(state=state, finished_at=at)
    DBTaskResult.objects.update(finished_at=at)
    prune_work()
    assert BackgroundJob.objects.exists() == is_kept
    assert DBTaskResult.objects.exists() == (days < 14)


def test_jobs_that_wait_are_kept(worker: JobWorker) -> None:
    job = enqueue(count, 7, label="Count")
    old = timezone.now() - timedelta(days=100)
    BackgroundJob.objects.update(created_at=old)
    assert prune_work() == 0
    assert worker.run_next()
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_more_rows_than_one_transaction_takes_are_deleted() -> None:
    old = timezone.now() - timedelta(days=15)
    Fanout.objects.bulk_create([Fanout(kind="done", done_at=old) for _ in range(501)])
    waiting = Fanout.objects.create(kind="waits")
    assert prune_work() == 501
    assert list(Fanout.objects.all()) == [waiting]


def test_keys_of_creates_are_forgotten_after_two_days(ada: User) -> None:
    now = timezone.now()
    Submission.objects.create(person=ada, key="old", at=now - timedelta(days=2, seconds=1))
    Submission.objects.create(person=ada, key="new", at=now - timedelta(days=1))
    assert prune_submissions() == 1
    assert Submission.objects.get().key == "new"
