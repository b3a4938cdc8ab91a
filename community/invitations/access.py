"""Who invites, into which spaces, and which tokens open a door."""

from django.conf import settings
from django.utils import timezone

from community.accounts.access import require_manage
from community.accounts.models import User
from community.invitations.models import AccountRequest, Invitation, InvitationLink
from community.invitations.tokens import hashed


def get_site_invitation(public_id: str, *, viewer: User) -> Invitation:
    """Raises Invitation.DoesNotExist, PermissionDenied unless viewer manages people."""
    require_manage(viewer)
    return Invitation.objects.select_related("by", "person", "unit", "link__by").get(
        public_id=public_id
    )


def get_link(public_id: str, *, viewer: User) -> InvitationLink:
    """Raises InvitationLink.DoesNotExist, PermissionDenied unless viewer manages people."""
    require_manage(viewer)
    return InvitationLink.objects.select_related("by", "unit").get(public_id=public_id)


def get_account_request(public_id: str, *, viewer: User) -> AccountRequest:
    """Return a request that waits, by the id of its invitation.

    Raises AccountRequest.DoesNotExist, PermissionDenied unless viewer manages people.
    """
    require_manage(viewer)
    waiting = AccountRequest.objects.filter(accepted=None).select_related("invitation")
    return waiting.get(invitation__public_id=public_id)


def usable_invitation(token: str) -> Invitation:
    """Raises Invitation.DoesNotExist alike for a wrong, expired, withdrawn and used token."""
    found = Invitation.objects.usable(timezone.now()).select_related("by", "link__by", "link__unit")
    invitation = found.get(token_hash=hashed(token))
    if invitation.link is not None:
        InvitationLink.objects.usable(timezone.now()).get(pk=invitation.link.pk)
    return invitation


def came_too_late(token: str) -> bool:
    """Whether token is of a letter whose link has let in as many as it may by now."""
    at = timezone.now()
    full = InvitationLink.objects.full(at)
    return Invitation.objects.usable(at).filter(token_hash=hashed(token), link__in=full).exists()


def usable_link(token: str) -> InvitationLink:
    """Raises InvitationLink.DoesNotExist alike for a wrong, expired, withdrawn and used token."""
    links = InvitationLink.objects.usable(timezone.now()).select_related("by")
    return links.get(token_hash=hashed(token))


def needs_approval(invitation: Invitation) -> bool:
    """Whether an admin still has to look: where people sign up by themselves, and it is set so."""
    if invitation.by_id is not None or not settings.APPROVE_NEW_ACCOUNTS:
        return False
    return not AccountRequest.objects.filter(invitation=invitation, accepted=True).exists()


def may_sign_up(email: str) -> bool:
    """Whether the address belongs to a domain whose people sign up by themselves."""
    return email.rpartition("@")[2].lower() in settings.SIGN_UP_DOMAINS
