"""Coming in without being named: by a link, or by the domain of one's address."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from community.accounts.emails import free_email
from community.invitations.access import may_sign_up
from community.invitations.models import Invitation, InvitationLink
from community.outbox.recording import action


@action
def begin_sign_up(email: str, link_id: int | None) -> Invitation | None:
    """Keep a place for an address whose owner still has to confirm it.

    An open invitation is used for it, with its letter to be sent again. Returns None where the
    address is somebody's, the link is over, or the domain is not one that signs up.
    """
    try:
        email = free_email(email)
    except ValidationError:
        return None
    now = timezone.now()
    link = InvitationLink.objects.usable(now).filter(pk=link_id).first() if link_id else None
    if link is None and not may_sign_up(email):
        return None
    Invitation.objects.waiting().filter(email=email, expires_at__lte=now).update(withdrawn_at=now)
    until = now + timedelta(days=settings.INVITATION_DAYS)
    invitation, created = Invitation.objects.waiting().get_or_create(
        email=email, defaults={"link": link, "expires_at": until}
    )
    if not created:
        invitation.sent_at, invitation.expires_at = None, until
        if invitation.by_id is None:
            invitation.link = link
        invitation.save(update_fields=["sent_at", "expires_at", "link"])
    return invitation
