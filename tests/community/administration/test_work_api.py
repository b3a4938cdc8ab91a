"""Background work, for programs."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.jobs.models import JobState, ScheduledRun
from community.outbox.models import Fanout, ParkedEvent
from tests.community.administration.rows import all_rows, make_fanout, make_job, make_parked
from tests.factories.tokens import Program

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TOO_LATE = "Nothing was changed: the worker was faster."


@pytest.fixture
def program(admin: User) -> Program:
    return Program(admin)


def test_handlers_and_schedule_are_told(program: Program) -> None:
    make_parked("discussions.topics.handlers.count_tags")
    ScheduledRun.objects.create(name="reap-jobs", last_at=timezone.now(), error="It broke.")
    work = program.get("/work").json()
    assert [run | {"next_at": "", "last_at": ""} for run in work["schedule"]] == [
        {"name": "reap-jobs", "next_at": "", "last_at": "", "error": "It broke."}
    ]
    (row,) = [row for row in work["handlers"] if row["name"].endswith(".count_tags")]
    assert (row["handled"], row["parked"]) == (0, 1)


def test_lists_tell_what_the_page_tells(program: Program, admin: User) -> None:
    make_parked()
    make_fanout(error="It broke.", attempts=8, next_attempt_at=None)
    make_job(done_rows=2, total_rows=7, message="Two are done.", owner=admin)
    (parked,) = program.get("/work/parked").json()["results"]
    assert (parked["handler"], parked["error"], parked["attempts"]) == (
        "sample.handler",
        "It broke.",
        8,
    )
    (fanout,) = program.get("/work/fanouts").json()["results"]
    assert (fanout["kind"], fanout["rows"], fanout["next_attempt_at"]) == ("rerender", 500, None)
    (job,) = program.get("/work/jobs").json()["results"]
    assert (job["label"], job["state"], job["done_rows"], job["total_rows"]) == (
        "Count to seven",
        "dead",
        2,
        7,
    )
    assert job["owner"]["handle"] == admin.handle
    assert program.get(f"/work/jobs/{job['id']}").json() == job


# Committed, since on PostgreSQL nobody hears an event before that.
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("newest", "question")
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("", 7), ("/parked", 3), ("/fanouts", 3), ("/jobs", 3)]
)
def test_lists_take_as_many_queries_with_more_rows(
    program: Program,
    admin: User,
    path: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_parked(f"sample.handler{number}")
        make_fanout()
        make_job(owner=admin)
    with django_assert_num_queries(queries):
        program.get(f"/work{path}")


def test_parked_events_and_fanouts_are_tried_again_and_discarded(program: Program) -> None:
    parked, fanout = make_parked(), make_fanout(next_attempt_at=None, error="It broke.")
    for path, row in (("parked", parked), ("fanouts", fanout)):
        address = f"/work/{path}/{row.public_id}"
        assert program.ask("POST", f"{address}/attempt").status_code == 204
        row.refresh_from_db()
        assert row.next_attempt_at is not None
        assert program.ask("DELETE", address).status_code == 204
        assert program.ask("DELETE", address).status_code == 404
    assert not ParkedEvent.objects.exists()
    assert not Fanout.objects.exists()


def test_jobs_are_tried_again_discarded_and_cancelled(program: Program) -> None:
    job, running = make_job(), make_job(JobState.RUNNING)
    address = f"/work/jobs/{job.public_id}"
    assert program.ask("POST", f"{address}/attempt").status_code == 204
    assert program.get(address).json()["state"] == "waiting"
    assert program.ask("DELETE", address).status_code == 204
    late = program.ask("POST", f"{address}/attempt")
    assert (late.status_code, late.json()["errors"]) == (
        422,
        [{"pointer": "#", "detail": TOO_LATE}],
    )
    assert program.ask("POST", f"/work/jobs/{running.public_id}/cancellation").status_code == 204
    running.refresh_from_db()
    assert running.cancelled_at is not None


def test_stranger_finds_nothing_and_changes_nothing(zed: User) -> None:
    program = Program(zed)
    parked, fanout, job = make_parked(), make_fanout(), make_job()
    reads = ["/work", "/work/parked", "/work/fanouts", "/work/jobs"]
    asked = [("GET", path) for path in [*reads, f"/work/jobs/{job.public_id}"]]
    for path, row in (("parked", parked), ("fanouts", fanout), ("jobs", job)):
        asked += [("DELETE", f"/work/{path}/{row.public_id}")]
        asked += [("POST", f"/work/{path}/{row.public_id}/attempt")]
    asked += [("POST", f"/work/jobs/{job.public_id}/cancellation")]
    before = all_rows()
    assert {program.ask(*one).status_code for one in asked} == {404}
    assert all_rows() == before
