"""Inviting somebody from outside: alone, in a table, by a link."""

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from community.accounts.models import User
from community.invitations.accepting import Newcomer, accept_invitation
from community.invitations.actions import LinkTerms, Wish, invite, make_invitation_link
from community.invitations.bulk import plan_invitations
from community.invitations.models import Invitation, InvitationLink
from community.invitations.signing_up import begin_sign_up
from community.invitations.tokens import token_of
from community.spaces.models import Space
from tests.factories.community import PASSWORD, make_unit

NEWCOMER = Newcomer("Ida Ray", PASSWORD)
NO_SPACE = "Choose a space: a guest sees nothing else."
NO_UNIT = "A guest works in no unit of the company. Choose none."


def test_guest_comes_in_to_the_spaces_of_the_invitation(
    admin: User, space: Space, closed: Space, handle_events: Callable[[], None]
) -> None:
    made = invite(Wish("ida@example.com", spaces=[space], is_guest=True), by=admin)
    ida = accept_invitation(token_of(made), NEWCOMER)
    assert (ida.is_guest, list(Space.objects.visible_to(ida))) == (True, [])
    handle_events()
    assert list(Space.objects.listed_for(ida)) == [space]


def test_colleague_comes_in_as_before(admin: User, space: Space) -> None:
    made = invite(Wish("ida@example.com", spaces=[space]), by=admin)
    assert not accept_invitation(token_of(made), NEWCOMER).is_guest


def test_guest_comes_in_by_a_link(
    admin: User, space: Space, handle_events: Callable[[], None]
) -> None:
    terms = LinkTerms(days=3, max_uses=2, spaces=[space], is_guest=True)
    link = make_invitation_link(terms, by=admin)
    signed_up = begin_sign_up("ida@example.com", link.pk)
    assert signed_up is not None
    ida = accept_invitation(token_of(signed_up), NEWCOMER)
    handle_events()
    assert (ida.is_guest, list(Space.objects.visible_to(ida))) == (True, [space])


def test_domain_makes_no_guest(settings: Settings, db: None) -> None:
    settings.SIGN_UP_DOMAINS = ["example.com"]
    signed_up = begin_sign_up("ida@example.com", None)
    assert signed_up is not None
    assert not accept_invitation(token_of(signed_up), NEWCOMER).is_guest


def test_guest_needs_a_space_and_takes_no_unit(admin: User) -> None:
    unit = make_unit("Team")
    errors = {"unit": [NO_UNIT], "spaces": [NO_SPACE]}
    with pytest.raises(ValidationError) as refused:
        invite(Wish("ida@example.com", unit=unit, is_guest=True), by=admin)
    assert refused.value.message_dict == errors
    with pytest.raises(ValidationError) as refused:
        make_invitation_link(LinkTerms(days=3, max_uses=2, unit=unit, is_guest=True), by=admin)
    assert refused.value.message_dict == errors
    assert (Invitation.objects.count(), InvitationLink.objects.count()) == (0, 0)


def test_form_keeps_what_was_typed_and_names_the_field(
    client: Client, admin: User, space: Space
) -> None:
    client.force_login(admin)
    typed = {"email": "ida@example.com", "is_guest": "on"}
    page = client.post("/admin/invitations/new", typed)
    assert page.status_code == 422
    assert NO_SPACE in page.content.decode()
    (box,) = re.findall(r'<input type="checkbox" name="is_guest"[^>]*>', page.content.decode())
    assert "checked" in box

    client.post("/admin/invitations/new", typed | {"spaces": [space.slug]})
    made = Invitation.objects.get()
    assert (made.is_guest, list(made.spaces.all())) == (True, [space])
    assert "as a guest" in client.get("/admin/invitations").content.decode()


def test_link_form_makes_a_link_for_guests(client: Client, admin: User, space: Space) -> None:
    client.force_login(admin)
    terms = {"days": "3", "max_uses": "2", "is_guest": "on"}
    assert NO_SPACE in client.post("/admin/invitations/links/new", terms).content.decode()
    terms["spaces"] = space.slug
    page = client.post("/admin/invitations/links/new", terms, follow=True)
    assert "guests, who see only its spaces" in page.content.decode()
    assert InvitationLink.objects.get().is_guest
    assert "for guests" in client.get("/admin/invitations/links").content.decode()


def test_table_has_a_column_for_guests(admin: User, space: Space) -> None:
    make_unit("Team")
    table = """email,guest,spaces,unit
a@example.com,yes,workshop,
b@example.com,,workshop,
c@example.com,No,,Team
d@example.com,yes,,
e@example.com,YES,workshop,Team
f@example.com,perhaps,workshop,
"""
    plan = plan_invitations(table.encode(), by=admin)
    assert [(wish.email, wish.is_guest) for wish in plan.wishes] == [
        ("a@example.com", True),
        ("b@example.com", False),
        ("c@example.com", False),
    ]
    assert [(bad.line, bad.column, bad.text) for bad in plan.bad] == [
        (5, "spaces", NO_SPACE),
        (6, "unit", NO_UNIT),
        (7, "guest", "Write yes or no."),
    ]
