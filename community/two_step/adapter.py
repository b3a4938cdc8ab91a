"""What allauth's two-step sign-in asks of us."""

from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.two_step.access import can_remove
from community.two_step.secrets import decrypt, encrypt


class TwoStepAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth is untyped
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This doesn't fit. Try again; a code works once and for 30 seconds."),
        "cannot_delete_authenticator": _(
            "What you may do here asks for two-step sign-in. Add another way first."
        ),
        "cannot_generate_recovery_codes": _("Set up two-step sign-in first."),
    }

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return can_remove(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """Leave the name to the person; allauth asks for one where they gave none."""
        return str(_("Passkey"))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": host_name(self.request), "name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, object]:
        entity: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.name}


def host_name(request: HttpRequest) -> str:
    """The name that passkeys belong to: that of the site, without the port."""
    return urlsplit(f"//{request.get_host()}").hostname or ""
