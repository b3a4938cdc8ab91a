"""Links by which several people come in, for programs."""

from typing import Any

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.invitations.actions import LinkTerms, make_invitation_link
from community.invitations.models import InvitationLink
from community.invitations.tokens import url_of
from community.spaces.models import Space
from tests.factories.community import make_unit
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

TERMS = {"days": 14, "max_uses": 25}


def test_link_is_made_once_and_shows_its_address(admin: User, space: Space) -> None:
    unit = make_unit("Networks")
    sent = TERMS | {"unit": unit.public_id, "spaces": ["workshop"]}
    program = Program(admin)

    made = [program.ask("POST", "/invitation-links", sent, idempotency_key="k") for _ in range(2)]

    link = InvitationLink.objects.get()
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert made[0].headers["Location"] == f"/api/v1/invitation-links/{link.public_id}"
    assert list(link.spaces.all()) == [space]
    found = made[0].json()
    assert (found["address"], found["unit"]) == (url_of(link), unit.public_id)
    assert (found["max_uses"], found["uses"], found["by"]["handle"]) == (25, 0, admin.handle)
    assert program.get(f"/invitation-links/{link.public_id}").json() == found
    del found["address"]
    assert program.get("/invitation-links").json()["results"] == [found]


def test_closed_link_shows_no_address(admin: User) -> None:
    link = make_invitation_link(LinkTerms(days=3, max_uses=2), by=admin)
    program, address = Program(admin), f"/invitation-links/{link.public_id}"

    closed = [program.ask("DELETE", address).status_code for _ in range(2)]

    found = program.get(address).json()
    assert closed == [204, 422]
    assert (found["withdrawn_at"] is not None, found["address"]) == (True, None)


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"days": 3}, "#/max_uses"),
        (TERMS | {"days": 0}, "#/days"),
        (TERMS | {"days": 91}, "#/days"),
        (TERMS | {"days": "3"}, "#/days"),
        (TERMS | {"max_uses": settings.MAX_LINK_USES + 1}, "#/max_uses"),
        (TERMS | {"unit": "none"}, "#/unit"),
        (TERMS | {"spaces": ["cellar"]}, "#/spaces"),
        (TERMS | {"is_guest": True}, "#/spaces"),
    ],
)
def test_link_that_doesnt_fit_is_refused(
    admin: User, secret: Space, sent: dict[str, Any], pointer: str
) -> None:
    answer = Program(admin).ask("POST", "/invitation-links", sent)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not InvitationLink.objects.exists()


def test_stranger_neither_sees_nor_makes_links(admin: User, zed: User) -> None:
    link = make_invitation_link(LinkTerms(days=3, max_uses=2), by=admin)
    program, address = Program(zed), f"/invitation-links/{link.public_id}"

    answers = [
        program.get("/invitation-links"),
        program.get(address),
        program.ask("POST", "/invitation-links", TERMS),
        program.ask("DELETE", address),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    link.refresh_from_db()
    assert (InvitationLink.objects.count(), link.withdrawn_at) == (1, None)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_three_queries(
    admin: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_invitation_link(LinkTerms(days=3, max_uses=2, unit=make_unit()), by=admin)
    program = Program(admin)

    with django_assert_num_queries(3):
        assert len(program.get("/invitation-links").json()["results"]) == count
