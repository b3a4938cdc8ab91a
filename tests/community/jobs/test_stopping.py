"""Long work is stopped by who asked for it, on its page and by the API."""

import pytest
from django.test import Client

from community.accounts.models import User
from community.jobs.actions import enqueue
from community.jobs.models import BackgroundJob, JobState
from community.jobs.worker import JobWorker
from tests.community.jobs.sample_jobs import count
from tests.factories.tokens import Program


@pytest.fixture
def job(ada: User) -> BackgroundJob:
    return enqueue(count, 7, label="Count to seven", owner=ada)


def test_waiting_work_never_begins(client: Client, ada: User, job: BackgroundJob) -> None:
    client.force_login(ada)
    address = f"/jobs/{job.public_id}/cancellation"
    answer = client.post(address, headers={"Referer": "http://testserver/spaces"})
    assert (answer.status_code, answer["Location"]) == (303, "/spaces")
    assert "It stops. What is done so far stays." in client.get("/spaces").content.decode()
    assert not JobWorker(interval_seconds=0).run_next()
    job.refresh_from_db()
    assert job.state == JobState.DISCARDED
    client.post(address)
    assert "It has ended already." in client.get("/").content.decode()


def test_running_work_ends_at_its_next_report(ada: User) -> None:
    job = enqueue(count, 7, label="Count to seven", owner=ada)
    BackgroundJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    program = Program(ada)
    path = f"/me/jobs/{job.public_id}"
    assert program.ask("POST", f"{path}/cancellation").status_code == 204
    job.refresh_from_db()
    assert job.cancelled_at is not None
    assert program.get(path).json()["state"] == "running"


def test_ended_work_is_not_stopped(ada: User, job: BackgroundJob) -> None:
    BackgroundJob.objects.update(state=JobState.DONE)
    answer = Program(ada).ask("POST", f"/me/jobs/{job.public_id}/cancellation")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["detail"] == "It has ended already."


def test_work_of_others_is_not_there(
    client: Client, admin: User, zed: User, job: BackgroundJob
) -> None:
    for other in (admin, zed):
        client.force_login(other)
        assert client.post(f"/jobs/{job.public_id}/cancellation").status_code == 404
        program = Program(other)
        hidden, missing = (program.get(f"/me/jobs/{one}") for one in (job.public_id, "none"))
        assert (hidden.status_code, hidden.content) == (404, missing.content)
        assert program.ask("POST", f"/me/jobs/{job.public_id}/cancellation").status_code == 404
    job.refresh_from_db()
    assert job.state == JobState.WAITING
