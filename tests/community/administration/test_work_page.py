import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.jobs.actions import cancel_job
from community.jobs.models import JobState, ScheduledRun
from community.outbox.models import Event, Fanout, ParkedEvent
from community.outbox.reading import Position
from tests.community.administration.rows import all_rows, make_fanout, make_job, make_parked

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TABS = ["", "?show=parked", "?show=fanouts", "?show=jobs"]


@pytest.fixture
def operator(admin: User, client: Client) -> User:
    """Signed in, with the right to see background work."""
    client.force_login(admin)
    return admin


def text_of(client: Client, tab: str) -> str:
    answer = client.get(f"/admin/work{tab}")
    assert answer.status_code == 200
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert main is not None
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


def test_empty_page_says_what_belongs_there(operator: User, client: Client) -> None:
    assert "No worker has started yet." in text_of(client, "")
    assert "No event is parked" in text_of(client, "?show=parked")
    assert "No fan-out yet" in text_of(client, "?show=fanouts")
    assert "No job yet" in text_of(client, "?show=jobs")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("question")
def test_page_shows_the_schedule_and_how_far_handlers_are(
    newest: Position, operator: User, client: Client
) -> None:
    ScheduledRun.objects.create(name="reap-jobs", last_at=timezone.now(), error="It broke.")
    text = text_of(client, "")
    assert "reap-jobs ran just now" in text
    assert "It broke." in text
    behind = Event.objects.order_by("-id")[0].pk - newest.event_id
    assert f"count_tags 0 events handled {behind:,} events behind" in text
    assert "refresh_names_of_person 0 events handled Up to date" in text


def test_page_shows_parked_events_fanouts_and_jobs(operator: User, client: Client) -> None:
    make_parked()
    make_fanout(error="It broke.", attempts=8, next_attempt_at=None)
    make_job(done_rows=2, total_rows=7, message="Two are done.", error="It broke.")
    assert "sample.handler happened just now 8 attempts given up" in text_of(client, TABS[1])
    assert "rerender started just now 500 rows done 8 failed attempts" in text_of(client, TABS[2])
    text = text_of(client, TABS[3])
    assert "Count to seven asked just now attempt 0 of 3 2 of 7 Two are done." in text
    assert "Gave up" in text
    assert "Parked events 1 Fan-outs 1 Jobs 1" in text


# Committed, since on PostgreSQL nobody hears an event before that.
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("newest", "question")
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("tab", "queries"), list(zip(TABS, [13, 9, 9, 9], strict=True)))
def test_page_takes_as_many_queries_with_more_rows(
    operator: User,
    client: Client,
    tab: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_parked(f"sample.handler{number}")
        make_fanout()
        make_job(owner=operator)
        ScheduledRun.objects.create(name=["reap-jobs", "prune-work", "clear-sessions"][number])
    with django_assert_num_queries(queries):
        client.get(f"/admin/work{tab}")


def test_pages_lead_to_each_other_without_losing_a_row(operator: User, client: Client) -> None:
    fanouts = [make_fanout(done_at=timezone.now()) for _ in range(26)]
    first = client.get("/admin/work?show=fanouts").context["page"]
    second = client.get(f"/admin/work?show=fanouts&after={first.older}").context["page"]
    assert [*first.rows, *second.rows] == fanouts[::-1]
    damaged = client.get("/admin/work?show=fanouts&after=x~y").context["page"]
    assert damaged.rows == first.rows


def press(client: Client, address: str) -> str:
    """Press a button; return what the page then says about it."""
    answer = client.post(f"/admin/work/{address}")
    assert answer.status_code == 303
    (message,) = client.get(answer["Location"]).context["messages"]
    return str(message)


def test_parked_event_can_be_retried_and_discarded(operator: User, client: Client) -> None:
    parked = make_parked()
    assert press(client, f"parked/{parked.public_id}/retry") == "It is tried again in a moment."
    parked.refresh_from_db()
    assert parked.next_attempt_at is not None
    assert press(client, f"parked/{parked.public_id}/discard") == "It was discarded."
    assert not ParkedEvent.objects.exists()
    assert client.post(f"/admin/work/parked/{parked.public_id}/discard").status_code == 404


def test_fanout_can_be_retried_and_discarded(operator: User, client: Client) -> None:
    fanout = make_fanout(next_attempt_at=None, error="It broke.")
    assert press(client, f"fanouts/{fanout.public_id}/retry") == "It is tried again in a moment."
    fanout.refresh_from_db()
    assert fanout.next_attempt_at is not None
    assert press(client, f"fanouts/{fanout.public_id}/discard") == "It was discarded."
    assert not Fanout.objects.exists()


def test_job_can_be_retried_discarded_and_cancelled(operator: User, client: Client) -> None:
    job = make_job()
    assert press(client, f"jobs/{job.public_id}/retry") == "It is tried again in a moment."
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert press(client, f"jobs/{job.public_id}/discard") == "It was discarded."
    job.refresh_from_db()
    assert job.state == JobState.DISCARDED
    too_late = "Nothing was changed: the worker was faster."
    assert press(client, f"jobs/{job.public_id}/retry") == too_late
    running = make_job(JobState.RUNNING)
    assert press(client, f"jobs/{running.public_id}/cancel") == "It stops at its next report."
    running.refresh_from_db()
    assert running.cancelled_at is not None
    assert "Stopping" in text_of(client, "?show=jobs")


def test_buttons_are_no_links(operator: User, client: Client) -> None:
    assert client.get(f"/admin/work/jobs/{make_job().public_id}/retry").status_code == 405


@pytest.fixture
def addresses(ada: User) -> list[tuple[str, str]]:
    """Every address of the page, with rows behind them."""
    parked, fanout, job = make_parked(), make_fanout(), make_job()
    assert not cancel_job(job)
    verbs = {
        f"parked/{parked.public_id}": ("retry", "discard"),
        f"fanouts/{fanout.public_id}": ("retry", "discard"),
        f"jobs/{job.public_id}": ("retry", "discard", "cancel"),
    }
    writes = [("post", f"/{row}/{verb}") for row, found in verbs.items() for verb in found]
    return [*(("get", tab) for tab in TABS), *writes]


def test_stranger_finds_nothing_and_changes_nothing(
    zed: User, client: Client, addresses: list[tuple[str, str]]
) -> None:
    client.force_login(zed)
    before = all_rows()
    answers = [getattr(client, method)(f"/admin/work{path}") for method, path in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert all_rows() == before


def test_missing_rows_answer_404(operator: User, client: Client) -> None:
    for address in ("parked/nothing/retry", "fanouts/nothing/retry", "jobs/nothing/cancel"):
        assert client.post(f"/admin/work/{address}").status_code == 404
