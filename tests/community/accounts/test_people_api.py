"""Oneself, colleagues and org units, for programs."""

import pytest
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import OrgUnit, User
from tests.factories.community import make_job, make_person, make_unit
from tests.factories.tokens import Program


def test_profile_is_edited_in_part(ada: User) -> None:
    program = Program(ada)
    tag = program.get("/me").headers["ETag"]

    answer = program.ask("PATCH", "/me", {"city": "Pune", "about": "Nets."}, if_match=tag)

    assert answer.json() | {"city": "Pune", "about": "Nets.", "name": "Ada"} == answer.json()
    assert program.ask("PATCH", "/me", {"city": "Oslo"}, if_match=tag).status_code == 412
    assert program.ask("PATCH", "/me", {"time_zone": "Mars"}, if_match="*").status_code == 422


def test_former_handle_leads_to_the_person(ada: User, ben: User) -> None:
    Program(ada).ask("PUT", "/me/handle", {"handle": "lovelace"})

    assert Program(ben).get("/people/ada").json()["handle"] == "lovelace"


def test_profile_tells_the_job(ada: User, ben: User) -> None:
    unit = make_unit("Networks")
    make_job(ada, unit, title="Engineer", manager=ben)

    found = Program(ben).get("/people/ada").json()

    assert found["job"] == {
        "title": "Engineer",
        "org_unit": unit.public_id,
        "manager": "ben",
        "from_on": "2025-01-01",
    }
    assert "email" not in found
    reports = Program(ada).get("/people/ben/reports").json()["results"]
    assert [person["handle"] for person in reports] == ["ada"]


def test_people_are_found_by_word_and_unit(ada: User, ben: User) -> None:
    unit = make_unit("Networks")
    make_job(ben, unit)
    program = Program(ada)

    def handles(path: str) -> list[str]:
        return [person["handle"] for person in program.get(path).json()["results"]]

    assert handles("/people") == ["ada", "ben"]
    assert handles("/people?q=be") == ["ben"]
    assert handles(f"/people?org_unit={unit.public_id}") == ["ben"]
    assert program.get("/people?org_unit=none").status_code == 404


def test_those_who_manage_people_add_them_once(admin: User, zed: User) -> None:
    unit = make_unit("Networks")
    sent = {
        "name": "Nia New",
        "email": "nia@example.com",
        "org_unit": unit.public_id,
        "title": "IT",
    }

    assert Program(zed).ask("POST", "/people", sent).status_code == 403
    answers = [Program(admin).ask("POST", "/people", sent, idempotency_key="k") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].headers["Location"] == "/api/v1/people/nia-new"
    assert answers[0].json()["headline"] == "IT"
    assert User.objects.filter(name="Nia New").count() == 1
    wrong = Program(admin).ask("POST", "/people", sent | {"org_unit": "none"})
    assert wrong.json()["errors"][0]["pointer"] == "#/org_unit"


def test_org_unit_is_added_below_another_once(admin: User, zed: User) -> None:
    parent = make_unit("Company")
    sent = {"name": "Networks", "parent": parent.public_id}

    assert Program(zed).ask("POST", "/org-units", sent).status_code == 403
    made = [Program(admin).ask("POST", "/org-units", sent, idempotency_key="k") for _ in range(2)]

    assert made[0].json() == made[1].json()
    assert made[0].json()["parent"] == parent.public_id
    found = Program(zed).get("/org-units").json()["results"]
    assert [unit["name"] for unit in found] == ["Company", "Networks"]
    assert OrgUnit.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_two_queries(
    ada: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_person()
        make_unit(parent=make_unit())
    program = Program(ada)

    with django_assert_num_queries(2):
        program.get("/people")
    with django_assert_num_queries(2):
        program.get("/org-units")
