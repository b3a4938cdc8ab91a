"""A worker that is killed at any point repeats no database effect and loses none."""

import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as product_settings
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from community.jobs.actions import enqueue
from community.jobs.models import BackgroundJob, JobState
from community.outbox.cursors import behind
from community.outbox.fanout import start_fanout
from community.outbox.models import Cursor, Event, Fanout, ParkedEvent
from community.outbox.recording import action
from tests.community.jobs.sample_jobs import fill
from tests.community.outbox import sample_handlers
from tests.community.outbox.sample_handlers import HEARD, SECOND, UNHEARD, effects, tell
from tests.services import process_environment

pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True)]

KILLS = 200
EVENTS_A_LIFE = 100
FANOUT_ROWS = 1_200
JOB_ROWS = 40
# Leases of killed jobs run out after 30 s, later attempts wait for up to some minutes.
SECONDS_TO_RECOVER = 600


@pytest.fixture(autouse=True)
def sample(settings: Settings, transactional_db: None) -> Iterator[None]:
    settings.SUBSCRIPTIONS = f"{sample_handlers.__name__}.SUBSCRIPTIONS"
    settings.FANOUTS = f"{sample_handlers.__name__}.FANOUTS"
    sample_handlers.make_effects_table()
    yield
    sample_handlers.drop_effects_table()


def start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=product_settings.BASE_DIR,
        env=process_environment()
        | {"DJANGO_SETTINGS_MODULE": "tests.community.outbox.sample_settings"},
        stderr=subprocess.DEVNULL,
    )


@action
def make_work(life: int) -> None:
    """Some of everything: events that echo or fail, and now and then a fan-out and a job."""
    for number in range(EVENTS_A_LIFE):
        fails = "always" if number % 25 == 7 else ""
        tell(stream=number % 5, is_echoed=number % 3 == 0, fails=fails)
    if life % 10 == 0:
        start_fanout("hundreds", rows=FANOUT_ROWS)
    if life % 4 == 0:
        enqueue(fill, life * JOB_ROWS, JOB_ROWS, label="Fill")


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def moves() -> int:
    return sum(Cursor.objects.values_list("handled", flat=True))


def live_and_die(life: int, chance: random.Random) -> None:
    """Most workers die at work, some while they start."""
    make_work(life)
    moved = moves()
    with start_worker() as worker:
        if life % 5:
            wait_until(lambda: moves() > moved, 10)
            time.sleep(chance.uniform(0, 0.4))
        else:
            time.sleep(chance.uniform(0, 1.2))
        worker.kill()


def catches(signal_number: int, pid: int) -> bool:
    """Whether a process has set its handler by now: before, the signal would just end it."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = int(re.findall(r"SigCgt:\s*(\w+)", status)[0], 16)
    return bool(caught >> (signal_number - 1) & 1)


def is_all_done() -> bool:
    unended = BackgroundJob.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING])
    waiting = Fanout.objects.filter(done_at=None)
    running = DBTaskResult.objects.running()
    return behind() == [] and not (unended.exists() or waiting.exists() or running.exists())


def test_200_kills_repeat_no_effect_and_lose_none() -> None:
    chance = random.Random(20261124)
    for life in range(KILLS):
        live_and_die(life, chance)
    with start_worker() as worker:
        assert wait_until(is_all_done, SECONDS_TO_RECOVER)
        assert wait_until(lambda: catches(signal.SIGTERM, worker.pid), 10)
        worker.terminate()
        assert worker.wait(15) == 0

    heard = list(Event.objects.filter(name=HEARD).order_by("id"))
    assert len(heard) == KILLS * EVENTS_A_LIFE
    assert effects("first") == [event.pk for event in heard]
    assert effects("second") == [event.pk for event in heard if not event.data["fails"]]
    failing = [event.pk for event in heard if event.data["fails"]]
    parked = ParkedEvent.objects.order_by("event_id").values_list("handler", "event_id")
    assert list(parked) == [(SECOND, pk) for pk in failing]
    echoes = Event.objects.filter(name=UNHEARD).order_by("number")
    assert [event.number for event in echoes] == list(range(1, len(echoes) + 1))
    echoed = [event.pk for event in heard if event.data["is_echoed"]]
    assert sorted(event.data["echo_of"] for event in echoes) == echoed
    fanned_out = Counter(effects("fanned out"))
    assert fanned_out == dict.fromkeys(range(1, FANOUT_ROWS + 1), KILLS // 10)
    assert effects("job") == [
        life * JOB_ROWS + row for life in range(0, KILLS, 4) for row in range(JOB_ROWS)
    ]
    assert {job.state for job in BackgroundJob.objects.all()} == {JobState.DONE}
