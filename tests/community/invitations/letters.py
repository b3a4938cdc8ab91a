"""What the worker sends, and the addresses in it."""

import re

from django.core import mail

from community.jobs.worker import JobWorker


def deliver() -> None:
    """Run the jobs that wait."""
    worker = JobWorker(interval_seconds=0.1)
    while worker.run_next():
        pass


def last_path() -> str:
    """The path of the way in that the last letter holds."""
    found = re.search(r"http://127\.0\.0\.1:8000(/join/\w+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]
