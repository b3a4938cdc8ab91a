"""Profile fields, for programs: what is asked for."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.fields.actions import archive_field
from community.fields.models import Field
from tests.factories.fields import make_field
from tests.factories.tokens import Program

SHIFT = {"name": "Shift", "kind": "choice", "choices": ["Early", "Late"], "hint": "This month."}


def names(program: Program, show: str = "asked") -> list[str]:
    return [field["name"] for field in program.get(f"/fields?show={show}").json()["results"]]


def test_field_is_defined_once_and_edited_in_part(admin: User, ada: User) -> None:
    program = Program(admin)

    made = [program.ask("POST", "/fields", SHIFT, idempotency_key="k") for _ in range(2)]
    address = made[0].headers["Location"].removeprefix("/api/v1")
    tag = program.get(address).headers["ETag"]
    edited = program.ask("PATCH", address, {"seen_by": "manager"}, if_match=tag)

    assert [answer.status_code for answer in made] == [201, 201]
    public_id = Field.objects.get().public_id
    rest = {"id": public_id, "seen_by": "colleagues", "archived_at": None}
    assert made[0].json() == made[1].json() == SHIFT | rest
    assert edited.json() == SHIFT | rest | {"seen_by": "manager"}
    assert Program(ada).get("/fields").json()["results"] == [edited.json()]
    assert program.ask("PATCH", address, {"name": "Late"}, if_match=tag).status_code == 412
    assert program.ask("PATCH", address, {"name": "Late"}).status_code == 428


def test_key_with_another_field_is_refused(admin: User) -> None:
    program = Program(admin)
    program.ask("POST", "/fields", SHIFT, idempotency_key="k")

    other = program.ask("POST", "/fields", SHIFT | {"name": "Site"}, idempotency_key="k")

    assert (other.status_code, Field.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        (SHIFT | {"name": " "}, "#/name"),
        (SHIFT | {"kind": "number"}, "#/kind"),
        (SHIFT | {"choices": ["Early"]}, "#/choices"),
        (SHIFT | {"choices": ["Early", 2]}, "#/choices/1"),
        (SHIFT | {"seen_by": "robots"}, "#/seen_by"),
        (SHIFT | {"hint": "x" * 201}, "#/hint"),
        ({"kind": "text"}, "#/name"),
        ({"name": "Shift"}, "#/kind"),
    ],
)
def test_definition_that_doesnt_fit_is_refused(
    admin: User, sent: dict[str, Any], pointer: str
) -> None:
    answer = Program(admin).ask("POST", "/fields", sent)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_field_is_archived_and_asked_for_again(admin: User) -> None:
    field = make_field("Site", by=admin)
    program = Program(admin)
    address = f"/fields/{field.public_id}/archival"

    stored = [program.ask("PUT", address).status_code for _ in range(2)]
    archived = names(program), names(program, "archived")
    back = program.ask("DELETE", address).status_code

    assert (stored, archived) == ([204, 204], ([], ["Site"]))
    assert (back, names(program)) == (204, ["Site"])


def test_field_moves_by_one_place(admin: User) -> None:
    first, _second = make_field("One", by=admin), make_field("Two", by=admin)
    program = Program(admin)
    address = f"/fields/{first.public_id}/move"

    assert program.ask("POST", address, {"direction": "down"}).status_code == 204

    assert names(program) == ["Two", "One"]
    assert program.ask("POST", address, {"direction": "left"}).status_code == 422


def test_others_read_what_is_asked_for_and_change_nothing(admin: User, zed: User) -> None:
    field, gone = make_field("Site", by=admin), make_field("Fax", by=admin)
    archive_field(gone, by=admin)
    program, address = Program(zed), f"/fields/{field.public_id}"

    answers = [
        program.get("/fields?show=archived"),
        program.get(address),
        program.ask("POST", "/fields", SHIFT),
        program.ask("PATCH", address, {"name": "Place"}, if_match="*"),
        program.ask("PUT", f"{address}/archival"),
        program.ask("DELETE", f"/fields/{gone.public_id}/archival"),
        program.ask("POST", f"{address}/move", {"direction": "up"}),
        program.ask("PUT", "/fields/none/archival"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 8
    assert names(program) == ["Site"]
    assert Program(admin).get("/fields/none").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_two_queries(
    admin: User, ada: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_field(f"Field {number}", by=admin)
    program = Program(ada)

    with django_assert_num_queries(2):
        assert len(names(program)) == count
