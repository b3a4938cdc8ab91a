"""Audiences, for programs."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import OrgUnit, User
from community.audiences.actions import Members, create_audience
from community.audiences.models import Audience
from community.jobs.worker import JobWorker
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Space, SpaceInvitation
from tests.factories.community import make_job, make_person, make_unit
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow


@pytest.fixture
def manager(mia: User) -> User:
    """Mia manages people; she owns the spaces of the cast."""
    grant_capability(mia, Capability.PEOPLE, by=None)
    return mia


@pytest.fixture
def team(ben: User) -> OrgUnit:
    """Ben works in it."""
    unit = make_unit("Team")
    make_job(ben, unit)
    return unit


def test_audience_is_made_once_edited_in_part_and_deleted(
    manager: User, ada: User, team: OrgUnit
) -> None:
    program = Program(manager)
    sent = {"name": "Leads", "people": ["@Ada", "ada"], "units": [team.public_id]}

    made = [program.ask("POST", "/audiences", sent, idempotency_key="k") for _ in range(2)]
    address = made[0].headers["Location"].removeprefix("/api/v1")
    tag = program.get(address).headers["ETag"]
    edited = program.ask("PATCH", address, {"people": []}, if_match=tag)
    late = program.ask("PATCH", address, {"name": "Late"}, if_match=tag)

    audience = Audience.objects.get()
    unit = {"id": team.public_id, "name": "Team", "parent": None}
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert made[0].json() | {"people": ["ada"], "units": [unit], "member_count": 2} == (
        made[0].json() | {"name": "Leads", "id": audience.public_id}
    )
    assert edited.json() == made[0].json() | {"people": [], "member_count": 1}
    assert (late.status_code, program.get(address).json()) == (412, edited.json())
    assert program.ask("PATCH", address, {"name": "Late"}).status_code == 428
    assert program.ask("DELETE", address).status_code == 204
    assert program.get(address).status_code == 404


def test_members_are_those_of_today(manager: User, ada: User, team: OrgUnit) -> None:
    audience = create_audience(Members("Leads", people=[ada], units=[team]), by=manager)

    found = Program(manager).get(f"/audiences/{audience.public_id}/members?limit=1").json()

    assert [person["handle"] for person in found["results"]] == ["ada"]
    following = Program(manager).get(found["next"].partition("/api/v1")[2]).json()
    assert [person["handle"] for person in following["results"]] == ["ben"]
    assert following["next"] is None


def test_audiences_are_found_by_their_names(manager: User) -> None:
    for name in ("Leads", "Night shift"):
        create_audience(Members(name), by=manager)
    program = Program(manager)

    def names(path: str) -> list[str]:
        return [one["name"] for one in program.get(path).json()["results"]]

    assert names("/audiences") == ["Leads", "Night shift"]
    assert names("/audiences?q=shift") == ["Night shift"]


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"people": []}, "#/name"),
        ({"name": " "}, "#/name"),
        ({"name": "night SHIFT"}, "#/name"),
        ({"name": "Leads", "people": ["nobody"]}, "#/people"),
        ({"name": "Leads", "people": ["ada"] * 501}, "#/people"),
        ({"name": "Leads", "units": ["none"]}, "#/units"),
        ({"name": "Leads", "members": []}, "#/members"),
    ],
)
def test_audience_that_doesnt_fit_is_refused(
    manager: User, sent: dict[str, Any], pointer: str
) -> None:
    create_audience(Members("Night shift"), by=manager)

    answer = Program(manager).ask("POST", "/audiences", sent)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert Audience.objects.count() == 1


def test_audience_is_invited_into_a_space(
    manager: User, ada: User, zed: User, space: Space
) -> None:
    audience = create_audience(Members("Leads", people=[ada, manager]), by=manager)
    program, address = Program(manager), f"/audiences/{audience.public_id}/invitations"

    asked = program.ask("POST", address, {"space": "workshop"})
    JobWorker(interval_seconds=0.1).run_next()

    assert asked.status_code == 204
    kept = SpaceInvitation.objects.filter(space=space)
    assert list(kept.values_list("person__handle", flat=True)) == ["ada"]


def test_nobody_is_invited_where_one_looks_after_nothing(
    admin: User, space: Space, secret: Space
) -> None:
    audience = create_audience(Members("Leads"), by=admin)
    address = f"/audiences/{audience.public_id}/invitations"

    def invite(slug: str) -> Any:
        return Program(admin).ask("POST", address, {"space": slug})

    assert invite("workshop").status_code == 403
    hidden, missing = invite("cellar"), invite("none")
    assert (hidden.status_code, hidden.content) == (422, missing.content)
    assert hidden.json()["errors"][0]["pointer"] == "#/space"


def test_stranger_neither_sees_nor_changes_audiences(
    manager: User, zed: User, space: Space
) -> None:
    audience = create_audience(Members("Leads of the night"), by=manager)
    program, address = Program(zed), f"/audiences/{audience.public_id}"

    answers = [
        program.get("/audiences"),
        program.get(address),
        program.get(f"{address}/members"),
        program.ask("POST", "/audiences", {"name": "Mine"}),
        program.ask("PATCH", address, {"name": "Mine"}, if_match="*"),
        program.ask("DELETE", address),
        program.ask("POST", f"{address}/invitations", {"space": "workshop"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 7
    assert not any(b"night" in answer.content for answer in answers)
    assert list(Audience.objects.values_list("name", flat=True)) == ["Leads of the night"]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_no_more_with_more_rows(
    admin: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [make_person() for _ in range(count)]
    units = [make_unit(parent=make_unit()) for _ in range(count)]
    for number in range(count):
        create_audience(Members(f"No. {number}", people=people, units=units), by=admin)
    program, address = Program(admin), f"/audiences/{Audience.objects.all()[0].public_id}"

    with django_assert_num_queries(3):
        program.get("/audiences")
    with django_assert_num_queries(7):
        program.get(address)
    with django_assert_num_queries(5):
        program.get(f"{address}/members")
