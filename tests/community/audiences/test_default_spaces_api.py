"""The spaces that new people join by their unit, for programs."""

import pytest
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import OrgUnit, User
from community.audiences.actions import set_default_space
from community.audiences.models import DefaultSpace
from community.spaces.models import Space
from tests.factories.community import make_space, make_unit
from tests.factories.tokens import Program


@pytest.fixture
def unit(db: None) -> OrgUnit:
    return make_unit("Team", parent=make_unit("Firm"))


def test_default_space_is_set_once_and_removed(admin: User, space: Space, unit: OrgUnit) -> None:
    program = Program(admin)
    address = f"/org-units/{unit.public_id}/default-spaces/workshop"

    made = [program.ask("PUT", address) for _ in range(2)]
    found = program.get("/default-spaces").json()["results"]
    removed = [program.ask("DELETE", address).status_code for _ in range(2)]

    assert [answer.status_code for answer in made] == [200, 200]
    assert found == [made[0].json()] == [made[1].json()]
    assert found[0]["unit"]["name"] == "Team"
    assert found[0]["space"] == {"slug": "workshop", "name": "Workshop"}
    assert found[0]["by"]["handle"] == admin.handle
    assert (removed, DefaultSpace.objects.count()) == ([204, 404], 0)


def test_default_space_is_one_that_one_may_bring_people_into(
    admin: User, closed: Space, secret: Space, unit: OrgUnit
) -> None:
    program, start = Program(admin), f"/org-units/{unit.public_id}/default-spaces"

    hidden, missing = (program.ask("PUT", f"{start}/{slug}") for slug in ("cellar", "none"))

    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert program.ask("PUT", f"{start}/backroom").status_code == 403
    assert program.ask("PUT", "/org-units/none/default-spaces/backroom").status_code == 404
    assert DefaultSpace.objects.count() == 0


def test_default_of_a_secret_space_is_nobody_elses(
    admin: User, mia: User, secret: Space, unit: OrgUnit
) -> None:
    DefaultSpace.objects.create(unit=unit, space=secret, by=mia)
    program = Program(admin)

    hidden = program.ask("DELETE", f"/org-units/{unit.public_id}/default-spaces/cellar")

    assert (hidden.status_code, DefaultSpace.objects.count()) == (404, 1)
    assert program.get("/default-spaces").json()["results"] == []


def test_stranger_neither_sees_nor_changes_default_spaces(
    admin: User, zed: User, space: Space, unit: OrgUnit
) -> None:
    set_default_space(unit, space, by=admin)
    program = Program(zed)
    address = f"/org-units/{unit.public_id}/default-spaces/workshop"

    answers = [
        program.get("/default-spaces"),
        program.ask("PUT", address),
        program.ask("DELETE", address),
    ]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert DefaultSpace.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_three_queries(
    admin: User, mia: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        space = make_space(f"Space {number}", owner=mia)
        set_default_space(make_unit(parent=make_unit()), space, by=admin)
    program = Program(admin)

    with django_assert_num_queries(3):
        assert len(program.get("/default-spaces").json()["results"]) == count
