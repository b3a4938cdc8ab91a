"""Inviting colleagues, for programs."""

from typing import Any

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.api.shapes import written
from community.invitations.actions import Wish, invite, withdraw_invitation
from community.invitations.models import Invitation
from community.spaces.models import Space
from tests.community.invitations.letters import deliver
from tests.factories.community import make_unit
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

IDA = {"email": "ida@example.com", "name": "Ida"}


def emails(program: Program, show: str) -> list[str]:
    found = program.get(f"/invitations?show={show}").json()["results"]
    return [one["email"] for one in found]


def test_somebody_is_invited_once(admin: User, space: Space) -> None:
    unit = make_unit("Networks")
    sent = IDA | {"unit": unit.public_id, "title": "Engineer", "spaces": ["workshop"]}
    program = Program(admin)

    made = [program.ask("POST", "/invitations", sent, idempotency_key="k") for _ in range(2)]
    deliver()

    invitation = Invitation.objects.get()
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert made[0].headers["Location"] == f"/api/v1/invitations/{invitation.public_id}"
    assert (invitation.unit, invitation.title) == (unit, "Engineer")
    assert list(invitation.spaces.all()) == [space]
    assert [letter.to for letter in mail.outbox] == [["ida@example.com"]]
    found = program.get(f"/invitations/{invitation.public_id}").json()
    assert found.pop("by")["handle"] == admin.handle
    assert found == IDA | {
        "id": invitation.public_id,
        "unit": unit.public_id,
        "is_guest": False,
        "created_at": written(invitation.created_at),
        "expires_at": written(invitation.expires_at),
        "withdrawn_at": None,
        "sent_at": found["sent_at"],
        "trouble": "",
        "accepted_at": None,
        "person": None,
    }
    assert found["sent_at"] is not None


def test_key_with_another_address_is_refused(admin: User) -> None:
    program = Program(admin)
    program.ask("POST", "/invitations", IDA, idempotency_key="k")

    other = program.ask("POST", "/invitations", {"email": "una@example.com"}, idempotency_key="k")

    assert (other.status_code, Invitation.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"name": "Ida"}, "#/email"),
        ({"email": "nonsense"}, "#/email"),
        ({"email": "una@example.com"}, "#/email"),
        (IDA | {"name": "x" * 121}, "#/name"),
        (IDA | {"title": "Engineer"}, "#/unit"),
        (IDA | {"unit": "none"}, "#/unit"),
        (IDA | {"spaces": ["none"]}, "#/spaces"),
        (IDA | {"spaces": ["cellar"]}, "#/spaces"),
        (IDA | {"spaces": ["backroom"]}, "#/spaces"),
        (IDA | {"spaces": "workshop"}, "#/spaces"),
        (IDA | {"is_guest": True}, "#/spaces"),
        (IDA | {"is_guest": "yes"}, "#/is_guest"),
    ],
)
def test_invitation_that_doesnt_fit_is_refused(
    admin: User, closed: Space, secret: Space, sent: dict[str, Any], pointer: str
) -> None:
    invite(Wish("una@example.com"), by=admin)

    answer = Program(admin).ask("POST", "/invitations", sent)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert Invitation.objects.count() == 1


def test_invitations_are_listed_by_what_became_of_them(admin: User, invited: Invitation) -> None:
    withdraw_invitation(invite(Wish("una@example.com"), by=admin), by=admin)
    program = Program(admin)

    assert emails(program, "open") == ["ida@example.com"]
    assert emails(program, "ended") == ["una@example.com"]
    assert emails(program, "accepted") == []
    assert program.get("/invitations?show=all").status_code == 400


def test_letter_is_sent_again_until_it_is_withdrawn(admin: User, invited: Invitation) -> None:
    program, address = Program(admin), f"/invitations/{invited.public_id}"
    deliver()

    again = program.ask("POST", f"{address}/repeat")
    deliver()
    withdrawn = [program.ask("DELETE", address).status_code for _ in range(2)]

    assert (again.status_code, len(mail.outbox)) == (204, 2)
    assert withdrawn == [204, 422]
    assert program.ask("POST", f"{address}/repeat").status_code == 422
    assert program.get(address).json()["withdrawn_at"] is not None


def test_stranger_sees_and_invites_nobody(zed: User, invited: Invitation) -> None:
    program, address = Program(zed), f"/invitations/{invited.public_id}"

    answers = [
        program.get("/invitations"),
        program.get(address),
        program.ask("POST", "/invitations", {"email": "una@example.com"}),
        program.ask("POST", f"{address}/repeat"),
        program.ask("DELETE", address),
        program.ask("DELETE", "/invitations/none"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 6
    assert not any(b"ida@" in answer.content for answer in answers)
    assert list(Invitation.objects.values_list("withdrawn_at", flat=True)) == [None]


def test_no_answer_holds_the_secret_of_a_letter(admin: User, invited: Invitation) -> None:
    program = Program(admin)
    deliver()
    secret = str(mail.outbox[0].body).partition("/join/")[2].split()[0]

    answers = [program.get("/invitations"), program.get(f"/invitations/{invited.public_id}")]

    assert len(secret) == 64
    assert not any(secret in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_three_queries(
    admin: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        invite(Wish(f"no{number}@example.com", unit=make_unit()), by=admin)
    program = Program(admin)

    with django_assert_num_queries(3):
        assert len(emails(program, "open")) == count
