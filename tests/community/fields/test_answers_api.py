"""What people say in profile fields, for programs."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.fields.actions import archive_field
from community.fields.models import Field, FieldKind, SeenBy
from community.guests.actions import make_guest as make_guest_of
from tests.factories.community import make_guest
from tests.factories.fields import make_field
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow


def said(program: Program, path: str = "/me/answers") -> dict[str, Any]:
    answers = program.get(path).json()["answers"]
    return {one["name"]: one["person"] or one["day"] or one["text"] for one in answers}


def say(program: Program, field: Field, answer: Any) -> Any:
    return program.ask("PUT", f"/me/answers/{field.public_id}", {"answer": answer})


def test_each_kind_is_answered_and_taken_back(admin: User, ada: User, ben: User) -> None:
    site = make_field("Site", by=admin)
    shift = make_field("Shift", by=admin, kind=FieldKind.CHOICE, choices=["Early", "Late"])
    day = make_field("First aid until", by=admin, kind=FieldKind.DATE)
    buddy = make_field("Buddy", by=admin, kind=FieldKind.PERSON)
    program = Program(ada)
    answers = {site: " Gdynia ", shift: "Late", day: "2027-03-01", buddy: "@Ben"}

    stored = [say(program, field, answer).status_code for field, answer in answers.items()]

    found = said(program)
    assert stored == [204] * 4
    assert found.pop("Buddy")["handle"] == "ben"
    assert found == {"Site": "Gdynia", "Shift": "Late", "First aid until": "2027-03-01"}
    assert say(program, day, "").status_code == 204
    assert program.ask("DELETE", f"/me/answers/{buddy.public_id}").status_code == 204
    assert said(program) == {"Site": "Gdynia", "Shift": "Late"}
    first = program.get("/me/answers").json()["answers"][0]
    assert first == {
        "field": site.public_id,
        "name": "Site",
        "text": "Gdynia",
        "day": None,
        "person": None,
    }


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (FieldKind.TEXT, "x" * 201),
        (FieldKind.TEXT, 7),
        (FieldKind.CHOICE, "Noon"),
        (FieldKind.DATE, "soon"),
        (FieldKind.DATE, "2026-02-30"),
        (FieldKind.PERSON, "nobody"),
    ],
)
def test_answer_that_doesnt_fit_is_refused(
    admin: User, ada: User, kind: FieldKind, answer: object
) -> None:
    field = make_field("Asked", by=admin, kind=kind, choices=["Early", "Late"])

    refused = say(Program(ada), field, answer)

    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["#/answer"]
    assert said(Program(ada)) == {}


def test_archived_and_missing_fields_take_no_answer(admin: User, ada: User) -> None:
    field = make_field("Fax", by=admin)
    archive_field(field, by=admin)
    program = Program(ada)

    archived, missing = say(program, field, "1"), program.ask("DELETE", "/me/answers/none")

    assert (archived.status_code, archived.content) == (404, missing.content)


def test_answers_are_shown_to_those_whom_the_field_names(admin: User, ada: User, ben: User) -> None:
    for name, seen_by in (("Site", SeenBy.COLLEAGUES), ("Band", SeenBy.NOBODY)):
        say(Program(ada), make_field(name, by=admin, seen_by=seen_by), f"{name} of Ada")
    stranger = Program(make_guest("Gus"))

    hidden, missing = stranger.get("/people/ada/answers"), stranger.get("/people/none/answers")

    assert said(Program(ada)) == {"Site": "Site of Ada", "Band": "Band of Ada"}
    assert said(Program(ben), "/people/ada/answers") == {"Site": "Site of Ada"}
    assert said(Program(admin), "/people/ada/answers") == said(Program(ada))
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_guest_is_asked_for_what_they_may_see_alone(client: Client, admin: User, zed: User) -> None:
    everybody = make_field("Site", by=admin, seen_by=SeenBy.EVERYBODY)
    before, hidden = make_field("Desk", by=admin), make_field("Badge", by=admin)
    say(Program(zed), before, "4.12")
    make_guest_of(zed, by=admin)
    guest = Program(zed)

    listed = [field["name"] for field in guest.get("/fields").json()["results"]]
    stored = [say(guest, field, "Gdynia").status_code for field in (everybody, before)]
    refused = say(guest, hidden, "9")
    missing = guest.ask("PUT", "/me/answers/none000000", {"answer": "9"})
    client.force_login(zed)
    page = client.get("/me/profile/fields").content.decode()

    assert listed == ["Site", "Desk"]
    assert stored == [204, 204]
    assert (refused.status_code, refused.content) == (404, missing.content)
    assert said(guest) == {"Site": "Gdynia", "Desk": "Gdynia"}
    assert ("Desk" in page, "Badge" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_answers_cost_one_query_beside_the_person(
    admin: User, ada: User, ben: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        field = make_field(f"Buddy {number}", by=admin, kind=FieldKind.PERSON)
        say(Program(ada), field, "ben")
    mine, other = Program(ada), Program(ben)

    with django_assert_num_queries(4):
        assert len(said(mine)) == count
    with django_assert_num_queries(5):
        assert len(said(other, "/people/ada/answers")) == count
