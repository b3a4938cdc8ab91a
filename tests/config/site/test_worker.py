import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings as product_settings
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from community.jobs.actions import enqueue
from community.jobs.models import BackgroundJob, JobState, ScheduledRun
from community.outbox.cursors import behind
from community.outbox.fanout import start_fanout
from community.outbox.models import Event, Fanout
from config.schedules import SCHEDULES
from config.site.worker import Worker
from tests.community.jobs.sample_jobs import sleep_and_write
from tests.community.outbox import sample_handlers
from tests.community.outbox.sample_handlers import effects, tell
from tests.services import process_environment

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def sample(settings: Settings, transactional_db: None) -> Iterator[None]:
    settings.SUBSCRIPTIONS = f"{sample_handlers.__name__}.SUBSCRIPTIONS"
    settings.FANOUTS = f"{sample_handlers.__name__}.FANOUTS"
    sample_handlers.make_effects_table()
    yield
    sample_handlers.drop_effects_table()


# As from a terminal: a shell ignores Ctrl-C in what it starts in the background, tests included.
MANAGE = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_path("manage.py", run_name="__main__")
"""


@pytest.fixture
def start_worker() -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts `manage.py worker` on this test's database; DRAIN_SECONDS is 2."""
    changes = {"DJANGO_SETTINGS_MODULE": "tests.community.outbox.sample_settings"}

    with ExitStack() as stack:

        def start() -> subprocess.Popen[bytes]:
            process = subprocess.Popen(
                [sys.executable, "-c", MANAGE, "worker"],
                cwd=product_settings.BASE_DIR,
                env=process_environment() | changes,
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        yield start


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def end(process: subprocess.Popen[bytes], number: int = signal.SIGTERM) -> int:
    process.send_signal(number)
    return process.wait(10)


def test_worker_does_everything_that_is_due(
    start_worker: Callable[[], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    for _ in range(300):
        tell()
    tell(fails="always")
    start_fanout("hundreds", rows=1200)
    job = enqueue(sleep_and_write, str(tmp_path / "job"), 0, label="Write")
    process = start_worker()
    wait_until(lambda: behind() == [] and Fanout.objects.get().done_at is not None)
    wait_until(lambda: BackgroundJob.objects.get(pk=job.pk).state == JobState.DONE)
    wait_until(lambda: ScheduledRun.objects.exclude(last_at=None).count() == len(SCHEDULES))
    heard = Event.objects.filter(name=sample_handlers.HEARD).order_by("id")
    *good, bad = heard.values_list("id", flat=True)
    assert effects("first") == [*good, bad]
    assert effects("second") == good
    assert effects("fanned out") == list(range(1, 1201))
    assert (tmp_path / "job").read_text() == "started 1\nended 1\n"
    assert end(process) == 0


def test_worker_hears_an_event_within_a_second(
    start_worker: Callable[[], subprocess.Popen[bytes]],
) -> None:
    start_worker()
    wait_until(lambda: ScheduledRun.objects.exclude(last_at=None).count() == len(SCHEDULES))
    tell()
    wait_until(lambda: effects("first") != [], seconds=1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_lets_the_running_job_end(
    start_worker: Callable[[], subprocess.Popen[bytes]], tmp_path: Path, number: int
) -> None:
    path = tmp_path / "job"
    job = enqueue(sleep_and_write, str(path), 1, label="Take a second")
    later = enqueue(sleep_and_write, str(path), 0, label="Wait for the next worker")
    process = start_worker()
    wait_until(path.exists)
    assert end(process, number) == 0
    assert path.read_text() == "started 1\nended 1\n"
    job.refresh_from_db()
    later.refresh_from_db()
    assert (job.state, later.state) == (JobState.DONE, JobState.WAITING)


def test_job_that_outlasts_the_drain_time_starts_again_in_the_next_worker(
    start_worker: Callable[[], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    path = tmp_path / "job"
    job = enqueue(sleep_and_write, str(path), 4, label="Take too long")
    process = start_worker()
    wait_until(path.exists)
    assert end(process) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.max_attempts) == (JobState.WAITING, 1, 6)
    start_worker()
    wait_until(lambda: path.read_text().endswith("ended 2\n"))
    assert path.read_text() == "started 1\nstarted 2\nended 2\n"


def test_second_ctrl_c_ends_the_worker_at_once(
    start_worker: Callable[[], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    enqueue(sleep_and_write, str(tmp_path / "job"), 60, label="Take too long")
    process = start_worker()
    wait_until((tmp_path / "job").exists)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert end(process, signal.SIGINT) == -signal.SIGINT


def test_idle_worker_only_reads_twice(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    worker = Worker(drain_seconds=1)
    worker.work_once()
    assert worker.work_once() == 0
    with django_assert_num_queries(2) as captured:
        assert worker.work_once() == 0
    assert all(query["sql"].startswith("SELECT") for query in captured)


def test_handler_in_trouble_does_not_hold_up_the_others() -> None:
    tell(fails="locked")
    sample_handlers.broken.add("locked")
    worker = Worker(drain_seconds=1)
    worker.work_once()
    sample_handlers.broken.clear()
    assert (len(effects("first")), effects("second")) == (1, [])
    worker.work_once()
    assert effects("first") == effects("second")


@pytest.mark.service("postgresql")
def test_worker_goes_on_after_its_connections_were_ended(
    start_worker: Callable[[], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    process = start_worker()
    wait_until(lambda: ScheduledRun.objects.exclude(last_at=None).count() == len(SCHEDULES))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone() >= (2,)
    tell()
    enqueue(sleep_and_write, str(tmp_path / "job"), 0, label="Write")
    wait_until(lambda: effects("second") != [] and (tmp_path / "job").exists())
    assert end(process) == 0
