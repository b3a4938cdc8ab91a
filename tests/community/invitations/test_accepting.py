import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from community.accounts.models import User
from community.invitations.accepting import Newcomer, accept_invitation
from community.invitations.actions import (
    LinkTerms,
    Wish,
    invite,
    make_invitation_link,
    withdraw_invitation,
    withdraw_link,
)
from community.invitations.models import Invitation, InvitationLink
from community.invitations.tokens import token_of
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.membership import change_role, leave_space
from community.spaces.models import Membership, Role, Space
from tests.community.invitations.letters import deliver, last_path
from tests.factories.community import PASSWORD, make_unit

pytestmark = pytest.mark.slow

COME_IN = {"name": "Ida Ray", "password": PASSWORD}


def test_guest_of_honour_comes_in_with_job_and_spaces(
    client: Client, mia: User, space: Space, secret: Space, handle_events: Callable[[], None]
) -> None:
    grant_capability(mia, Capability.PEOPLE, by=None)
    unit = make_unit("Team")
    wish = Wish("ida@example.com", unit=unit, title="Cook", spaces=[space, secret])
    invited = invite(wish, by=mia)
    path = f"/join/{token_of(invited)}"

    page = client.get(path)
    assert (page.status_code, b"Mia invited ida@example.com" in page.content) == (200, True)
    assert b"Cellar" not in page.content
    answer = client.post(path, COME_IN)
    handle_events()

    ida = User.objects.get(email="ida@example.com")
    assert (answer.status_code, answer["Location"], get_user(client)) == (303, "/", ida)
    assert (ida.name, ida.headline, ida.check_password(PASSWORD)) == ("Ida Ray", "Cook", True)
    assert {row.space for row in Membership.objects.filter(person=ida)} == {space, secret}
    invited.refresh_from_db()
    assert invited.person == ida
    assert Client().get(path).status_code == 404


def test_opening_a_link_writes_nothing(client: Client, invited: Invitation) -> None:
    before = list(Invitation.objects.values())

    client.get(f"/join/{token_of(invited)}")
    client.head(f"/join/{token_of(invited)}")

    assert list(Invitation.objects.values()) == before
    assert not User.objects.filter(email="ida@example.com").exists()


def test_unit_without_title_lets_them_say_it(client: Client, admin: User) -> None:
    invited = invite(Wish("ida@example.com", unit=make_unit("Team")), by=admin)
    path = f"/join/{token_of(invited)}"

    missing = client.post(path, COME_IN)
    assert missing.context["form"].errors == {"title": ["Fill this in: Your job title."]}
    client.post(path, COME_IN | {"title": "Cook"})

    assert User.objects.get(email="ida@example.com").headline == "Cook"


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"password": "short"}, "password", "at least 15"),
        ({"password": "ida ray ida ray "}, "password", "repeats itself"),
        ({"name": "\u200b"}, "name", "Give a name"),
    ],
)
def test_bad_answer_is_shown_again_and_the_invitation_stays(
    client: Client, invited: Invitation, fields: dict[str, str], field: str, sentence: str
) -> None:
    answer = client.post(f"/join/{token_of(invited)}", COME_IN | fields)

    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert PASSWORD not in answer.content.decode()
    invited.refresh_from_db()
    assert invited.accepted_at is None
    assert not User.objects.filter(email="ida@example.com").exists()


def test_all_that_opens_nothing_is_answered_alike(
    client: Client, admin: User, invited: Invitation
) -> None:
    withdrawn = invite(Wish("b@example.com"), by=admin)
    withdraw_invitation(withdrawn, by=admin)
    used = invite(Wish("c@example.com"), by=admin)
    accept_invitation(token_of(used), Newcomer("Cy", PASSWORD))
    closed = make_invitation_link(LinkTerms(days=1, max_uses=1), by=admin)
    withdraw_link(closed, by=admin)
    full = make_invitation_link(LinkTerms(days=1, max_uses=1), by=admin)
    InvitationLink.objects.filter(pk=full.pk).update(uses=1)
    Invitation.objects.filter(pk=invited.pk).update(expires_at=timezone.now())
    tokens = [token_of(offer) for offer in (withdrawn, used, closed, full, invited)]

    for method in ("get", "post"):
        answers = {
            (answer.status_code, _plain(answer.content))
            for token in [*tokens, "made-up", "x" * 300]
            for answer in [getattr(Client(), method)(f"/join/{token}", COME_IN)]
        }
        assert len(answers) == 1
        assert answers.pop()[0] == 404


def _plain(page: bytes) -> str:
    """Without the nonce."""
    return re.sub(r'nonce="[^"]*"', "", page.decode())


def test_spaces_are_joined_only_where_the_inviter_may_still_bring_in(
    client: Client,
    mia: User,
    ben: User,
    secret: Space,
    space: Space,
    handle_events: Callable[[], None],
) -> None:
    grant_capability(mia, Capability.PEOPLE, by=None)
    invited = invite(Wish("ida@example.com", spaces=[secret, space]), by=mia)
    heir = secret.memberships.get(person=ben)
    change_role(heir, Role.OWNER, by=mia)
    leave_space(secret, by=mia)

    client.post(f"/join/{token_of(invited)}", COME_IN)
    handle_events()

    ida = User.objects.get(email="ida@example.com")
    assert [row.space for row in ida.memberships.all()] == [space]


def test_address_taken_meanwhile_is_said(client: Client, admin: User, invited: Invitation) -> None:
    User.objects.filter(pk=admin.pk).update(email="ida@example.com")

    answer = client.post(f"/join/{token_of(invited)}", COME_IN)

    assert answer.context["form"].non_field_errors() == ["Somebody has this address already."]


def test_signed_in_people_are_told_so_whatever_the_token(
    client: Client, zed: User, invited: Invitation
) -> None:
    client.force_login(zed)

    right, wrong = (client.get(f"/join/{token}") for token in (token_of(invited), "made-up"))

    assert right.status_code == wrong.status_code == 200
    assert _plain(right.content).replace(str(right.context["csrf_token"]), "").count("Zed") > 0
    assert client.post(f"/join/{token_of(invited)}", COME_IN).status_code == 200
    assert not User.objects.filter(email="ida@example.com").exists()


def test_link_lets_in_up_to_its_cap_each_by_a_confirmed_address(
    client: Client, admin: User, space: Space, handle_events: Callable[[], None]
) -> None:
    link = make_invitation_link(LinkTerms(days=1, max_uses=1, spaces=[space]), by=admin)
    paths = []
    for email in ("ida@example.com", "kim@example.com"):
        answer = client.post(f"/join/{token_of(link)}", {"email": email})
        assert (answer.status_code, answer["Location"]) == (303, "/account/signup/sent/")
        deliver()
        paths.append(last_path())

    assert client.post(paths[0], COME_IN).status_code == 303
    for late in (Client().get(paths[1]), Client().post(paths[1], COME_IN)):
        assert (late.status_code, b"All places are taken" in late.content) == (404, True)
    for nowhere in (f"/join/{token_of(link)}", paths[0]):
        assert b"All places are taken" not in Client().get(nowhere).content

    handle_events()
    link.refresh_from_db()
    ida = User.objects.get(email="ida@example.com")
    assert (link.uses, [row.space for row in ida.memberships.all()]) == (1, [space])
    assert not User.objects.filter(email="kim@example.com").exists()


def test_letter_of_a_full_link_that_ended_says_no_more_than_others(
    client: Client, admin: User
) -> None:
    link = make_invitation_link(LinkTerms(days=1, max_uses=1), by=admin)
    client.post(f"/join/{token_of(link)}", {"email": "kim@example.com"})
    deliver()
    InvitationLink.objects.filter(pk=link.pk).update(uses=1)
    withdraw_link(link, by=admin)

    answer = client.get(last_path())

    assert (answer.status_code, b"This link leads nowhere" in answer.content) == (404, True)


def test_link_ends_with_the_account_of_its_maker(client: Client, admin: User) -> None:
    link = make_invitation_link(LinkTerms(days=1, max_uses=5), by=admin)
    assert client.get(f"/join/{token_of(link)}").status_code == 200

    User.objects.filter(pk=admin.pk).update(is_active=False)

    assert client.get(f"/join/{token_of(link)}").status_code == 404


def test_link_is_over_on_its_day(client: Client, admin: User) -> None:
    link = make_invitation_link(LinkTerms(days=1, max_uses=5), by=admin)

    InvitationLink.objects.filter(pk=link.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )

    assert client.get(f"/join/{token_of(link)}").status_code == 404
