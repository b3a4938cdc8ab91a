"""Invitations to the site, links and requests for accounts, as programs get them."""

from typing import TypedDict

from community.accounts.shapes import PersonShape, person_shape
from community.http.api.shapes import Time, written
from community.invitations.models import AccountRequest, Invitation, InvitationLink, Offer
from community.invitations.tokens import url_of


class OfferShape(TypedDict):
    id: str
    # The id of a unit.
    unit: str | None
    is_guest: bool
    by: PersonShape | None
    created_at: Time
    expires_at: Time
    withdrawn_at: Time | None


class SiteInvitationShape(OfferShape):
    email: str
    name: str
    # Of the last letter; null while it is on its way.
    sent_at: Time | None
    # Why the mail server refused it; empty where it didn't.
    trouble: str
    accepted_at: Time | None
    # Who came in by it.
    person: PersonShape | None


class InvitationLinkShape(OfferShape):
    max_uses: int
    uses: int


class InvitationLinkDetailShape(InvitationLinkShape):
    # Where people come in by it; null where it is over, and where the site's key has changed.
    address: str | None


class AccountRequestShape(TypedDict):
    id: str
    name: str
    email: str
    message: str
    # Whose link they came by.
    link_by: PersonShape | None
    at: Time


def site_invitation_shape(invitation: Invitation) -> SiteInvitationShape:
    """invitation comes with its unit, who invited and who came in."""
    sent, accepted = invitation.sent_at, invitation.accepted_at
    return {
        **_offer(invitation),
        "email": invitation.email,
        "name": invitation.name,
        "sent_at": written(sent) if sent else None,
        "trouble": "" if sent else invitation.trouble,
        "accepted_at": written(accepted) if accepted else None,
        "person": person_shape(invitation.person) if invitation.person else None,
    }


def link_shape(link: InvitationLink) -> InvitationLinkShape:
    """link comes with its unit and who made it."""
    return {**_offer(link), "max_uses": link.max_uses, "uses": link.uses}


def link_detail_shape(link: InvitationLink) -> InvitationLinkDetailShape:
    address = "" if link.is_over else url_of(link)
    return {**link_shape(link), "address": address or None}


def account_request_shape(asked: AccountRequest) -> AccountRequestShape:
    """asked comes with its invitation and who made the link."""
    invitation = asked.invitation
    made = invitation.link.by if invitation.link else None
    return {
        "id": invitation.public_id,
        "name": invitation.name,
        "email": invitation.email,
        "message": asked.message,
        "link_by": person_shape(made) if made else None,
        "at": written(asked.at),
    }


def _offer(offer: Offer) -> OfferShape:
    return {
        "id": offer.public_id,
        "unit": offer.unit.public_id if offer.unit else None,
        "is_guest": offer.is_guest,
        "by": person_shape(offer.by) if offer.by else None,
        "created_at": written(offer.created_at),
        "expires_at": written(offer.expires_at),
        "withdrawn_at": written(offer.withdrawn_at) if offer.withdrawn_at else None,
    }
