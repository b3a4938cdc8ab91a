"""The letters around an invitation; the worker sends them."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from community.invitations.access import needs_approval
from community.invitations.models import AccountRequest, Invitation
from community.invitations.tokens import url_of


def send_invitation(invitation: Invitation) -> None:
    """Send the one letter that fits: invited by somebody, confirm the address, or approved."""
    kind = "invited"
    if invitation.by_id is None:
        approved = AccountRequest.objects.filter(invitation=invitation, accepted=True).exists()
        kind = "approved" if approved else "confirm"
    _send(
        kind,
        invitation.email,
        url=url_of(invitation),
        by=invitation.by,
        until=invitation.expires_at,
        asks=needs_approval(invitation),
    )


def send_declined(request: AccountRequest) -> None:
    _send("declined", request.invitation.email, reason=request.reason)


def send_known(email: str) -> None:
    """To somebody who signs up and has an account: the page told nobody so."""
    _send("known", email)


def _send(kind: str, email: str, **about: Any) -> None:
    """The first line of a letter's template is its subject."""
    about |= {"name": settings.SITE_NAME, "site": settings.SITE_URL.rstrip("/")}
    text = render_to_string(f"community/invitations/letters/{kind}.txt", about)
    subject, _, body = text.strip().partition("\n")
    send_mail(subject, body.lstrip(), None, [email])
