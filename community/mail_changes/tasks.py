"""The letters. Links are made here: kept with the job, they would serve whoever reads jobs."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from community.accounts.queries import is_taken
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.mail_changes.access import Part, make_token
from community.mail_changes.models import MailChange


@job()
def send_confirmations(context: JobContext, change_id: int) -> None:
    """Send each address its link; nothing to a new address that is somebody else's."""
    change = MailChange.objects.waiting().select_related("person").filter(pk=change_id).first()
    if change is None:
        return
    subject = _("Confirm your new address")
    _send(change, "old", subject, change.old_email, confirm=Part.OLD, undo=Part.UNDO)
    if not is_taken(change.new_email):
        _send(change, "new", subject, change.new_email, confirm=Part.NEW)


@job()
def send_done_letter(context: JobContext, change_id: int) -> None:
    """Tell the old address that it no longer signs in, with the way back."""
    change = MailChange.objects.select_related("person").filter(pk=change_id).first()
    if change is not None and change.undone_at is None:
        _send(change, "done", _("Your address was changed"), change.old_email, undo=Part.UNDO)


def _send(change: MailChange, letter: str, subject: str, to: str, **links: Part) -> None:
    about: dict[str, Any] = {"change": change, "name": settings.SITE_NAME}
    about |= {name: _url(change, part) for name, part in links.items()}
    with translation.override(change.person.locale):
        text = render_to_string(f"community/mail_changes/{letter}_letter.txt", about)
        send_mail(subject, text, None, [to])


def _url(change: MailChange, part: Part) -> str:
    path = reverse("mail_change", kwargs={"token": make_token(change, part)})
    return settings.SITE_URL.rstrip("/") + path
