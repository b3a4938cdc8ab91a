"""The way of a table of people through the API."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from community.accounts.models import User
from community.jobs.worker import JobWorker
from community.roster.models import Roster
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

TABLE = "email,name,unit,title,shoes\nida@x.org,Ida Noor,Firm,Lead,41\nx,,,,\n"


def send(program: Program, text: str, key: str = "") -> Any:
    return program.send_file("/rosters", "people.csv", text, key=key)


def work() -> None:
    while JobWorker(interval_seconds=0).run_next():
        pass


@pytest.mark.django_db(transaction=True)
def test_table_is_sent_compared_and_carried_out(admin: User) -> None:
    program = Program(admin)
    sent = send(program, TABLE)
    assert (sent.status_code, sent.json()["state"], sent.json()["counts"]) == (
        201,
        "checking",
        None,
    )
    path = f"/rosters/{sent.json()['id']}"
    assert program.ask("PUT", f"{path}/application", {}).status_code == 422

    work()
    read = program.get(path).json()
    assert (read["state"], read["rows"], read["fault_count"]) == ("checked", 2, 1)
    assert read["counts"]["new"] == 1
    assert (read["new_units"], read["ignored_columns"]) == (["Firm"], ["shoes"])
    faults = program.get(f"{path}/faults").json()
    assert (faults["count"], faults["results"][0]["line"]) == (1, 3)
    (new,) = program.get(f"{path}/changes?kind=new").json()["results"]
    assert (new["line"], new["name"], new["email"]) == (2, "Ida Noor", "ida@x.org")
    assert {"column": "title", "was": "", "will": "Lead"} in new["details"]

    for _again in range(2):
        applied = program.ask("PUT", f"{path}/application", {"sends_letters": False})
        assert (applied.status_code, applied.json()["state"]) == (200, "applying")
    work()
    assert program.get(path).json()["state"] == "applied"
    assert User.objects.filter(email="ida@x.org").count() == 1
    assert admin.is_active


def test_table_that_comes_twice_with_one_key_is_one(admin: User) -> None:
    program = Program(admin)
    first, second = send(program, TABLE, "once"), send(program, TABLE, "once")
    assert first.json()["id"] == second.json()["id"] == Roster.objects.get().public_id
    assert send(program, "email\nx@x.org\n", "once").status_code == 422


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "these are missing: email"),
        ("name\nIda\n", "these are missing: email"),
        ("email,name\nx@x.org,Ida and more\n", "at most 30 bytes"),
    ],
)
def test_table_is_refused_at_its_field(
    admin: User, settings: Settings, text: str, why: str
) -> None:
    settings.MAX_ROSTER_BYTES = 30
    answer = send(Program(admin), text)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["pointer"], why in error["detail"]) == (422, "#/file", True)


def test_stranger_finds_nothing(admin: User, zed: User) -> None:
    public_id = send(Program(admin), TABLE).json()["id"]
    stranger = Program(zed)
    assert send(stranger, TABLE).status_code == 403
    for path in ("", "/faults", "/changes"):
        hidden, missing = (stranger.get(f"/rosters/{one}{path}") for one in (public_id, "none"))
        assert (hidden.status_code, hidden.content) == (403, missing.content)
    assert stranger.ask("PUT", f"/rosters/{public_id}/application", {}).status_code == 403
    assert Program(admin).get("/rosters/none").status_code == 404


def test_changes_cost_the_same_whatever_their_number(
    admin: User, compare: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    program = Program(admin)
    for people in (1, 5):
        rows = "".join(f"p{number}@x.org,Pat {number}\n" for number in range(people))
        roster = compare("email,name\n" + rows)
        with django_assert_num_queries(4):
            program.get(f"/rosters/{roster.public_id}/changes")
