from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from community.jobs.models import ScheduledRun
from community.jobs.schedule import Schedule, run_due_schedules
from config import schedules

ran: list[str] = []


def fail() -> None:
    raise ValueError("This can't be done.")


SCHEDULES = {
    "often": Schedule(lambda: ran.append("often"), timedelta(seconds=10)),
    "seldom": Schedule(lambda: ran.append("seldom"), timedelta(days=1)),
}


@pytest.fixture(autouse=True)
def sample(settings: Settings) -> None:
    settings.SCHEDULES = f"{__name__}.SCHEDULES"
    ran.clear()


@pytest.mark.django_db
def test_new_entries_are_due_at_once_and_then_when_their_time_has_come() -> None:
    with time_machine.travel(timezone.now()) as clock:
        assert [run_due_schedules(), run_due_schedules()] == [2, 0]
        clock.shift(timedelta(seconds=11))
        assert [run_due_schedules(), run_due_schedules()] == [1, 0]
    assert sorted(ran) == ["often", "often", "seldom"]


@pytest.mark.django_db
def test_occasions_that_nobody_could_run_are_not_made_up_for() -> None:
    run_due_schedules()
    with time_machine.travel(timezone.now() + timedelta(seconds=95)):
        assert [run_due_schedules(), run_due_schedules()] == [1, 0]


@pytest.mark.django_db
def test_looking_for_what_is_due_is_one_read(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    run_due_schedules()
    with django_assert_num_queries(1):
        assert run_due_schedules() == 0


@pytest.mark.django_db
def test_failure_is_kept_until_the_next_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SCHEDULES, "often", Schedule(fail, timedelta(seconds=10)))
    assert run_due_schedules() == 2
    assert ran == ["seldom"]
    assert "This can't be done." in ScheduledRun.objects.get(name="often").error
    monkeypatch.undo()
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        run_due_schedules()
    assert ScheduledRun.objects.get(name="often").error == ""


@pytest.mark.django_db(transaction=True)
def test_several_workers_never_run_one_occasion_twice() -> None:
    run_due_schedules()

    def work(_: int) -> int:
        done = sum(run_due_schedules() for _ in range(5))
        connection.close()
        return done

    for _ in range(10):
        ScheduledRun.objects.update(next_at=timezone.now())
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(work, range(4))) == 2


@pytest.mark.django_db
def test_every_real_entry_runs(settings: Settings) -> None:
    settings.SCHEDULES = "config.schedules.SCHEDULES"
    assert run_due_schedules() == len(schedules.SCHEDULES)
    assert [run.error for run in ScheduledRun.objects.all()] == [""] * len(schedules.SCHEDULES)
