"""Letters: the worker sends them, so that a slow mail server holds up nobody's page."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from community.accounts.models import User
from community.accounts.queries import mail_address
from community.jobs.context import JobContext
from community.jobs.functions import job

LETTER = "account/email/password_reset_key"


@job()
def send_reset_letter(context: JobContext, person_id: int | None) -> None:
    """Send a link to set a new password; None, for an address of nobody's, sends nothing.

    The link is made here: kept with the job, it would let whoever reads jobs sign in.
    """
    found = mail_address(person_id)
    if found is None:
        return
    person, address = found
    about = {"reset_url": _reset_url(person), "name": settings.SITE_NAME, "site": settings.SITE_URL}
    subject = render_to_string(f"{LETTER}_subject.txt", about).strip()
    send_mail(subject, render_to_string(f"{LETTER}_message.txt", about), None, [address])


def _reset_url(person: User) -> str:
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": token},
    )
    return settings.SITE_URL.rstrip("/") + path
