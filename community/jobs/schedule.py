"""Recurring work: each occasion is claimed by one worker, however many there are."""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from community.jobs.models import ScheduledRun
from community.outbox.recording import action

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Schedule:
    """Work of a few seconds at most; longer work is a job, which run() then enqueues."""

    run: Callable[[], object]
    every: timedelta


def schedules() -> Mapping[str, Schedule]:
    table: Mapping[str, Schedule] = import_string(settings.SCHEDULES)
    return table


def run_due_schedules() -> int:
    """Run what is due and what no other worker claimed; return how many were run.

    A new entry is due at once. A failure is kept on the row; the next occasion is the next try.
    """
    rows = _rows()
    now = timezone.now()
    return sum(_run(run) for run in rows if run.next_at <= now)


def _rows() -> list[ScheduledRun]:
    known = list(ScheduledRun.objects.filter(name__in=schedules()))
    missing = schedules().keys() - {run.name for run in known}
    if not missing:
        return known
    _add(missing)
    return list(ScheduledRun.objects.filter(name__in=schedules()))


@action
def _add(names: set[str]) -> None:
    rows = [ScheduledRun(name=name) for name in sorted(names)]
    ScheduledRun.objects.bulk_create(rows, ignore_conflicts=True)


def _run(run: ScheduledRun) -> bool:
    schedule = schedules()[run.name]
    if not _claim(run, schedule.every):
        return False
    error = ""
    try:
        schedule.run()
    except Exception:
        # Any code runs here, and the other schedules must go on: the traceback is kept on the row
        # for the admin, and the next occasion is the next try.
        logger.exception("Scheduled work %s failed", run.name)
        error = traceback.format_exc()[-4000:]
    if error != run.error:
        _keep_error(run, error)
    return True


@action
def _claim(run: ScheduledRun, every: timedelta) -> bool:
    """Move next_at if it is still what was read: only one of several workers can."""
    now = timezone.now()
    unclaimed = ScheduledRun.objects.filter(pk=run.pk, next_at=run.next_at)
    return unclaimed.update(next_at=now + every, last_at=now) == 1


@action
def _keep_error(run: ScheduledRun, error: str) -> None:
    ScheduledRun.objects.filter(pk=run.pk).update(error=error)
