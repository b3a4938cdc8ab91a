"""What allauth asks of us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from community.accounts.models import User
from community.accounts.tasks import send_reset_letter
from community.jobs.actions import enqueue


class AccountAdapter(DefaultAccountAdapter):
    """People are added by colleagues; nobody registers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/me/account"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave the letter to the worker.

        A page that was asked for an unknown address does the same work: how long it takes tells
        nobody who has an account.
        """
        person: User | None = context.get("user")
        enqueue(send_reset_letter, person and person.pk, label="Letter to set a new password")
