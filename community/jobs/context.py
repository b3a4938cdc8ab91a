"""What a running job is given: which attempt this is, and how to report progress."""

import time

from django.utils import timezone

from community.jobs.leases import LEASE, this_attempt
from community.jobs.models import BackgroundJob
from community.outbox.recording import action

SECONDS_BETWEEN_WRITES = 0.5


class JobStoppedError(Exception):
    """The job was cancelled, or another worker has it by now; let it pass through."""


class JobContext:
    def __init__(self, job: BackgroundJob) -> None:
        self._job = job
        self._written_at = float("-inf")

    @property
    def attempt(self) -> int:
        """From 1."""
        return self._job.attempts

    @property
    def done_rows(self) -> int:
        """What was last reported, in this attempt or an earlier one."""
        return self._job.done_rows

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Report done of total rows; written at most twice a second and at the end.

        Raises JobStoppedError where the job shall not go on.
        """
        self._job.done_rows, self._job.total_rows = done, total
        self._job.message = message[:200]
        if time.monotonic() - self._written_at >= SECONDS_BETWEEN_WRITES:
            self._write()
            self._written_at = time.monotonic()

    @action
    def _write(self) -> None:
        written = this_attempt(self._job).filter(cancelled_at=None)
        if not written.update(**self.report(), lease_until=timezone.now() + LEASE):
            raise JobStoppedError(self._job.public_id)

    def report(self) -> dict[str, int | str | None]:
        """The columns that hold the latest progress."""
        return {
            "done_rows": self._job.done_rows,
            "total_rows": self._job.total_rows,
            "message": self._job.message,
        }
