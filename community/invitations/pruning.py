"""Addresses of people who never came in are forgotten after a while."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from community.invitations.models import Invitation, InvitationLink
from community.jobs.pruning import prune

KEPT = timedelta(days=90)


def prune_invitations() -> int:
    """Delete what ended unanswered over 90 days ago; return how many."""
    before = timezone.now() - KEPT
    ended = Q(expires_at__lt=before) | Q(withdrawn_at__lt=before)
    unused = InvitationLink.objects.filter(ended, uses=0, sign_ups=None)
    return prune(Invitation.objects.filter(ended, accepted_at=None)) + prune(unused)
