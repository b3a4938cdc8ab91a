"""The answers to those who signed up, where an admin looks at each account."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from community.accounts.access import require_manage
from community.accounts.models import User
from community.events import ACCOUNT_APPROVED, ACCOUNT_DECLINED
from community.invitations.actions import send
from community.invitations.models import AccountRequest
from community.invitations.tasks import send_declined_letter
from community.jobs.actions import enqueue
from community.outbox.recording import action, record
from community.text.lengths import length_error


@action
def approve_account(request: AccountRequest, *, by: User) -> AccountRequest:
    """Let somebody make the account that they asked for: a letter tells them.

    Raises PermissionDenied unless by manages people, DoesNotExist where somebody decided already.
    """
    current = _decide(request, by, accepted=True)
    invitation = current.invitation
    invitation.expires_at = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    invitation.sent_at = None
    invitation.save(update_fields=["expires_at", "sent_at"])
    send([invitation.pk], by=by)
    record(ACCOUNT_APPROVED, actor=by, obj=current)
    return current


@action
def decline_account(request: AccountRequest, *, by: User, reason: str) -> AccountRequest:
    """Say no, with a reason that the letter holds.

    Raises PermissionDenied unless by manages people, DoesNotExist where somebody decided already,
    ValidationError for reason.
    """
    reason = " ".join(reason.split())
    wrong = length_error(reason, 300)
    if wrong:
        raise ValidationError({"reason": wrong})
    current = _decide(request, by, accepted=False, reason=reason)
    current.invitation.withdrawn_at = timezone.now()
    current.invitation.save(update_fields=["withdrawn_at"])
    enqueue(send_declined_letter, current.pk, label="Answer to a request for an account", owner=by)
    record(ACCOUNT_DECLINED, actor=by, obj=current)
    return current


def _decide(
    request: AccountRequest, by: User, *, accepted: bool, reason: str = ""
) -> AccountRequest:
    require_manage(by)
    waiting = AccountRequest.objects.select_for_update(of=("self",)).filter(accepted=None)
    current = waiting.select_related("invitation").get(pk=request.pk)
    current.accepted, current.reason = accepted, reason
    current.decided_at, current.decided_by = timezone.now(), by
    current.save(update_fields=["accepted", "reason", "decided_at", "decided_by"])
    return current
