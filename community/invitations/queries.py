"""The lists of those who manage people."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from community.invitations.models import AccountRequest, Invitation, InvitationLink


def invitations(show: str = "") -> QuerySet[Invitation]:
    """Those that are open, or with show: "accepted", "ended" (expired or withdrawn)."""
    now = timezone.now()
    found = Invitation.objects.select_related("by", "person", "unit", "request")
    if show == "accepted":
        return found.exclude(accepted_at=None)
    if show == "ended":
        over = Q(expires_at__lte=now) | ~Q(withdrawn_at=None)
        return found.filter(over, accepted_at=None)
    return found.usable(now)


def links() -> QuerySet[InvitationLink]:
    return InvitationLink.objects.select_related("by", "unit")


def account_requests() -> QuerySet[AccountRequest]:
    """Those that wait for an answer, each with `public_id` of its invitation."""
    waiting = AccountRequest.objects.filter(accepted=None)
    return waiting.select_related("invitation__link__by")


def waiting_requests() -> int:
    return AccountRequest.objects.filter(accepted=None).count()
