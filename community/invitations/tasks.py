"""Letters of invitation: sent by the worker, each once where the mail server takes it."""

import logging
from smtplib import SMTPException

from django.utils import timezone

from community.accounts.models import User
from community.invitations.letters import send_declined, send_invitation, send_known
from community.invitations.models import AccountRequest, Invitation
from community.invitations.signing_up import begin_sign_up
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.outbox.recording import action

logger = logging.getLogger(__name__)


class LettersLeftError(Exception):
    """Some letters could not be sent; the next attempt tries those alone."""


@job()
def send_letters(context: JobContext, ids: list[int]) -> None:
    """Send the letters of those of these invitations that are open and not sent yet."""
    failed = 0
    for done, pk in enumerate(ids, start=1):
        failed += not _deliver(pk)
        context.progress(done, len(ids))
    if failed:
        raise LettersLeftError(f"{failed} of {len(ids)} letters could not be sent.")


@job()
def send_sign_up_letter(context: JobContext, email: str, link_id: int | None) -> None:
    """Answer a sign-up where only the owner of the address reads it.

    To a colleague it says that they have an account; whoever may not come in gets nothing.
    """
    if User.objects.active().filter(email=email).exists():
        send_known(email)
        return
    invitation = begin_sign_up(email, link_id)
    if invitation is not None and not _deliver(invitation.pk):
        raise LettersLeftError("The letter could not be sent.")


@job()
def send_declined_letter(context: JobContext, request_id: int) -> None:
    request = AccountRequest.objects.select_related("invitation").filter(pk=request_id).first()
    if request is not None:
        send_declined(request)


def _deliver(pk: int) -> bool:
    """Tell whether nothing is left to send."""
    waiting = Invitation.objects.usable(timezone.now()).select_related("by", "link")
    invitation = waiting.filter(pk=pk, sent_at=None).first()
    if invitation is None:
        return True
    try:
        send_invitation(invitation)
    except (SMTPException, OSError) as error:
        logger.warning("Invitation %s could not be sent: %s", invitation.public_id, error)
        _note(pk, trouble=str(error)[:300])
        return False
    _note(pk, sent_at=timezone.now(), trouble="")
    return True


@action
def _note(pk: int, **columns: object) -> None:
    Invitation.objects.filter(pk=pk).update(**columns)
