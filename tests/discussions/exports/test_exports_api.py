"""Exports, for programs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from community.accounts.models import User
from community.jobs.models import BackgroundJob, JobState
from community.spaces.membership import change_role
from community.spaces.models import Membership, Role, Space
from discussions.exports.models import Export
from tests.factories.community import add_member
from tests.factories.tokens import Program

Write = Callable[[Export], dict[str, Any]]


def test_owner_asks_looks_and_fetches(space: Space, mia: User, ada: User, write: Write) -> None:
    program = Program(mia)
    asked = program.ask("POST", "/spaces/workshop/exports", idempotency_key="k")
    again = program.ask("POST", "/spaces/workshop/exports", idempotency_key="k")
    found, path = asked.json(), asked["Location"].removeprefix("/api/v1")
    assert (asked.status_code, again.json()) == (201, found)
    assert (found["space"]["slug"], found["ready_at"], found["has_failed"]) == (
        "workshop",
        None,
        False,
    )
    assert program.get(f"{path}/file").status_code == 404

    write(Export.objects.get())

    assert program.ask("POST", "/spaces/workshop/exports", idempotency_key="k").json()["size"] > 0
    ready = program.get(path).json()
    assert ready["ready_at"] is not None
    assert program.get("/me/exports").json()["results"] == [ready]
    sent = program.get(f"{path}/file")
    assert sent["Content-Type"] == "application/zip"
    assert len(Path(unquote(sent["X-Guildhall-File"])).read_bytes()) == ready["size"]
    assert Program(ada).get(path).status_code == 404
    assert Program(ada).get(f"{path}/file").status_code == 404
    assert Program(ada).ask("POST", "/spaces/workshop/exports").status_code == 403


def test_everybody_exports_what_they_contributed(ada: User, zed: User) -> None:
    found = Program(ada).ask("POST", "/me/exports").json()

    assert found["space"] is None
    assert [one["id"] for one in Program(ada).get("/me/exports").json()["results"]] == [found["id"]]
    assert Program(zed).get("/me/exports").json()["results"] == []


def test_export_that_gave_up_says_so(ada: User) -> None:
    path = f"/me/exports/{Program(ada).ask('POST', '/me/exports').json()['id']}"
    BackgroundJob.objects.update(state=JobState.DEAD)

    assert Program(ada).get(path).json()["has_failed"] is True


def test_former_owner_finds_their_export_no_more(space: Space, mia: User, ben: User) -> None:
    add_member(space, ben, actor=None, role=Role.OWNER)
    path = Program(mia).ask("POST", "/spaces/workshop/exports")["Location"].removeprefix("/api/v1")
    assert Program(mia).get(path).status_code == 200

    change_role(Membership.objects.get(space=space, person=mia), Role.MEMBER, by=mia)

    assert Program(mia).get(path).status_code == 404
    assert Program(mia).get("/me/exports").json()["results"] == []
