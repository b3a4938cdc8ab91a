import pytest

from community.jobs.worker import JobWorker
from tests.community.jobs import sample_jobs


@pytest.fixture(autouse=True)
def calls() -> list[object]:
    sample_jobs.calls.clear()
    sample_jobs.broken.clear()
    return sample_jobs.calls


@pytest.fixture
def worker() -> JobWorker:
    """Runs a job whenever a test says so; it is never started as a thread."""
    return JobWorker(interval_seconds=0.1)
