"""The way of a sheet through the API."""

import pytest
from pytest_django import Settings

from community.accounts.models import User
from community.jobs.worker import JobWorker
from community.spaces.models import Space
from discussions.sheets.models import Sheet
from discussions.topics.models import Topic
from tests.discussions.sheets.conftest import GOOD, HEADER
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

BAD = ",,,And nothing above it.,\nWhy is it cold?,Since Monday.,heating,Close the door.,\n"


def work() -> None:
    while JobWorker(interval_seconds=0).run_next():
        pass


@pytest.mark.django_db(transaction=True)
def test_sheet_is_sent_checked_and_imported(mia: User, space: Space) -> None:
    program = Program(mia)
    sent = program.send_file(f"/spaces/{space.slug}/sheets", "q.csv", HEADER + BAD)
    assert (sent.status_code, sent.json()["state"]) == (201, "checking")
    path = f"/spaces/{space.slug}/sheets/{sent.json()['id']}"
    assert program.ask("PUT", f"{path}/import", {}).status_code == 422

    work()
    read = program.get(path).json()
    told = ("state", "rows", "questions", "answers", "fault_count", "left_out")
    assert [read[name] for name in told] == ["checked", 2, 1, 1, 1, [2]]
    assert program.get(f"{path}/faults").json() == {
        "count": 1,
        "results": [{"line": 2, "column": "title", "detail": "A question needs a title."}],
    }

    refused = program.ask("PUT", f"{path}/import", {})
    assert (refused.status_code, Topic.objects.count()) == (422, 0)
    imported = program.ask("PUT", f"{path}/import", {"leaves_out": True})
    assert (imported.status_code, imported.json()["state"]) == (200, "importing")
    work()
    assert program.get(path).json()["state"] == "imported"
    assert Topic.objects.get().title == "Why is it cold?"


def test_sheet_that_comes_twice_with_one_key_is_one(mia: User, space: Space) -> None:
    program = Program(mia)
    path = f"/spaces/{space.slug}/sheets"
    ids = {program.send_file(path, "q.csv", GOOD, key="once").json()["id"] for _ in range(2)}
    assert ids == {Sheet.objects.get().public_id}


def test_sheet_that_is_too_large_is_refused_at_its_field(
    mia: User, space: Space, settings: Settings
) -> None:
    settings.MAX_SHEET_BYTES = len(GOOD)
    path = f"/spaces/{space.slug}/sheets"
    assert Program(mia).send_file(path, "q.csv", GOOD).status_code == 201
    answer = Program(mia).send_file(path, "q.csv", GOOD + " ")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, "#/file")
    assert "split it" in error["detail"]


def test_who_moderates_nothing_sends_none_and_sees_none(
    ada: User, mia: User, zed: User, closed: Space
) -> None:
    path = f"/spaces/{closed.slug}/sheets"
    public_id = Program(mia).send_file(path, "q.csv", GOOD).json()["id"]
    assert Program(ada).send_file(path, "q.csv", GOOD).status_code == 403
    for person in (ada, zed):
        program = Program(person)
        for what in ("", "/faults"):
            hidden, missing = (program.get(f"{path}/{one}{what}") for one in (public_id, "none"))
            assert (hidden.status_code, hidden.content) == (404, missing.content)
        assert program.ask("PUT", f"{path}/{public_id}/import", {}).status_code == 404
