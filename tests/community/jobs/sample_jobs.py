"""Jobs of the tests' own. They tell what happened in `calls`."""

import time
from pathlib import Path
from typing import Any

from community.jobs.actions import cancel_job
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.jobs.models import BackgroundJob
from community.outbox.recording import action
from tests.community.outbox.sample_handlers import add_effect, effects

calls: list[Any] = []
broken: set[str] = set()


@job(max_attempts=3)
def count(context: JobContext, number: int) -> None:
    calls.append((context.attempt, number))
    if "count" in broken:
        raise ValueError("Counting doesn't work.")


@job()
def report_often(context: JobContext, rows: int) -> None:
    for row in range(1, rows + 1):
        context.progress(row, rows, f"Row {row}")
        calls.append(BackgroundJob.objects.get().done_rows)


@job()
def cancel_itself(context: JobContext) -> None:
    cancel_job(BackgroundJob.objects.get())
    context.progress(1, 2)
    calls.append("went on")


@job()
def look_at_itself(context: JobContext) -> None:
    calls.append(BackgroundJob.objects.get())


@job()
def sleep_and_write(context: JobContext, path: str, seconds: float) -> None:
    """Used by worker processes: leaves a line when it starts and one when it ends."""
    file = Path(path)
    file.write_text(f"{file.read_text() if file.exists() else ''}started {context.attempt}\n")
    time.sleep(seconds)
    file.write_text(f"{file.read_text()}ended {context.attempt}\n")


@job(max_attempts=50)
def fill(context: JobContext, start: int, rows: int) -> None:
    """Add an effect per row; an attempt finds what earlier ones did and goes on behind it."""
    done = {number for number in effects("job") if start <= number < start + rows}
    for number in sorted(set(range(start, start + rows)) - done):
        action(add_effect)("job", number)
        context.progress(number - start, rows)


def no_job(context: JobContext) -> None:
    calls.append("no job")
