"""What has ended is kept for a while, for people who look, and then deleted."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community.jobs.models import BackgroundJob, JobState
from community.outbox.models import Fanout
from community.outbox.recording import action

KEPT = timedelta(days=14)
ROWS = 500
MOST_STEPS = 20


def prune_work() -> int:
    """Delete jobs and fan-outs that ended over 14 days ago; what was given up awaits a decision."""
    before = timezone.now() - KEPT
    ended = BackgroundJob.objects.filter(state__in=[JobState.DONE, JobState.DISCARDED])
    return (
        prune(DBTaskResult.objects.filter(finished_at__lt=before))
        + prune(ended.filter(finished_at__lt=before))
        + prune(Fanout.objects.filter(done_at__lt=before))
    )


def prune(rows: models.QuerySet[Any]) -> int:
    """Delete up to 10,000 rows, 500 in a transaction; return how many."""
    deleted = 0
    for _ in range(MOST_STEPS):
        step = _delete_some(rows)
        deleted += step
        if step < ROWS:
            break
    return deleted


@action
def _delete_some(rows: models.QuerySet[Any]) -> int:
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:ROWS])
    rows.model._default_manager.filter(pk__in=keys).delete()
    return len(keys)
