"""What allauth asks of us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.accounts.actions import store_password
from community.accounts.models import User
from community.accounts.tasks import send_reset_letter
from community.jobs.actions import enqueue


class AccountAdapter(DefaultAccountAdapter):
    """People come in by community/invitations; allauth's own registration stays closed."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "Mail address and password don't fit together. Check both, or set a new password."
        ),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
        "incorrect_password": _("This is not your password so far."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/me/account"

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Name the ways by which somebody shows once more who they are, in our words."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [way | {"description": words.get(way["id"], way["description"])} for way in found]

    def set_password(self, user: User, password: str) -> None:
        """Raises PermissionDenied where the account was switched off since the request began."""
        user.set_password(password)
        store_password(user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave the letter to the worker.

        A page that was asked for an unknown address does the same work: how long it takes tells
        nobody who has an account.
        """
        person: User | None = context.get("user")
        enqueue(send_reset_letter, person and person.pk, label="Letter to set a new password")
