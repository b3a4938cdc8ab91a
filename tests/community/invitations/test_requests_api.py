"""Who asked for an account, for programs."""

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.api.shapes import written
from community.invitations.actions import LinkTerms, Wish, invite, make_invitation_link
from community.invitations.models import AccountRequest, Invitation
from tests.community.invitations.letters import deliver
from tests.factories.tokens import Program


@pytest.fixture
def asked(invited: Invitation, admin: User) -> AccountRequest:
    """Ida came by a link of the admin."""
    invited.by, invited.link = None, make_invitation_link(LinkTerms(3, 2), by=admin)
    invited.save()
    return AccountRequest.objects.create(invitation=invited, message="I work with Ben.")


def test_requests_are_listed_and_approved(admin: User, asked: AccountRequest) -> None:
    program, public_id = Program(admin), asked.invitation.public_id
    address = f"/account-requests/{public_id}/approval"

    found = program.get("/account-requests").json()["results"]
    approved = [program.ask("POST", address).status_code for _ in range(2)]
    deliver()

    assert found[0].pop("link_by")["handle"] == admin.handle
    assert found == [
        {
            "id": public_id,
            "name": "Ida",
            "email": "ida@example.com",
            "message": "I work with Ben.",
            "at": written(asked.at),
        }
    ]
    assert approved == [204, 404]
    asked.refresh_from_db()
    assert (asked.accepted, asked.decided_by) == (True, admin)
    assert mail.outbox[-1].to == ["ida@example.com"]
    assert program.get("/account-requests").json()["results"] == []


def test_request_is_declined_with_a_reason(admin: User, asked: AccountRequest) -> None:
    program = Program(admin)
    address = f"/account-requests/{asked.invitation.public_id}/refusal"

    long = program.ask("POST", address, {"reason": "x" * 301})
    declined = program.ask("POST", address, {"reason": "Ask Ben first."})

    assert long.json()["errors"][0]["pointer"] == "#/reason"
    assert declined.status_code == 204
    asked.refresh_from_db()
    assert (asked.accepted, asked.reason) == (False, "Ask Ben first.")


def test_stranger_neither_sees_nor_answers_requests(zed: User, asked: AccountRequest) -> None:
    program, address = Program(zed), f"/account-requests/{asked.invitation.public_id}"

    answers = [
        program.get("/account-requests"),
        program.ask("POST", f"{address}/approval"),
        program.ask("POST", f"{address}/refusal", {"reason": "No."}),
        program.ask("POST", "/account-requests/none/approval"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert b"ida@" not in answers[0].content
    asked.refresh_from_db()
    assert asked.accepted is None


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_three_queries(
    admin: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        made = invite(Wish(f"no{number}@example.com"), by=admin)
        made.link = make_invitation_link(LinkTerms(3, 2), by=admin)
        made.save()
        AccountRequest.objects.create(invitation=made)
    program = Program(admin)

    with django_assert_num_queries(3):
        assert len(program.get("/account-requests").json()["results"]) == count
