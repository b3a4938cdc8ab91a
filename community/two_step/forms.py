"""allauth's forms with our words and limits; MFA_FORMS of the settings names them."""

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkeys
from cryptography.exceptions import InvalidSignature
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.two_step.actions import MAX_NAME

# What the libraries below raise for answers that no authenticator gave.
BROKEN = (AttributeError, IndexError, InvalidSignature, KeyError, TypeError, ValueError)
ANSWER_REFUSED = _("Your passkey's answer can't be read. Load the page again and try once more.")


def code_field(label: Any) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attrs))


def answer_field() -> forms.JSONField:
    """What the browser's authenticator answered; js/passkeys.js fills it in."""
    refused = {"required": ANSWER_REFUSED, "invalid": ANSWER_REFUSED}
    return forms.JSONField(widget=forms.HiddenInput, error_messages=refused)


class AuthenticateForm(base_forms.AuthenticateForm):  # type: ignore[misc] # allauth is untyped
    code = code_field(_("Code of your app, or a recovery code"))


class ReauthenticateForm(base_forms.ReauthenticateForm):  # type: ignore[misc] # allauth is untyped
    code = code_field(_("Code of your app, or a recovery code"))


class ActivateAppForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc] # allauth is untyped
    code = code_field(_("Code that the app shows"))


class PasskeyAnswer:
    """Refuses answers that make the libraries stumble, with a sentence."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc] # of the form beside it
        except ValidationError:
            raise
        except BROKEN as error:
            raise ValidationError(ANSWER_REFUSED) from error


# allauth is untyped, so that these forms are Any to the type checker.
class UsePasskeyForm(PasskeyAnswer, passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = answer_field()


class LoginPasskeyForm(PasskeyAnswer, passkeys.LoginWebAuthnForm):  # type: ignore[misc]
    credential = answer_field()


class ConfirmPasskeyForm(PasskeyAnswer, passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    credential = answer_field()


class PasskeyNameForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=MAX_NAME,
        help_text=_("Such as the device that keeps it, to tell several apart."),
    )


class AddPasskeyForm(passkeys.AddWebAuthnForm):  # type: ignore[misc] # allauth is untyped
    """Every passkey signs in alone: it is kept by the authenticator and checks its person."""

    name = forms.CharField(
        label=_("Name"),
        max_length=MAX_NAME,
        required=False,
        help_text=_("Such as the device that keeps it, to tell several apart."),
    )
    credential = answer_field()
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": ""} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        own = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        if own.count() >= settings.MAX_PASSKEYS:
            said = gettext("You have %(limit)s passkeys already. Remove one first.")
            raise ValidationError(said % {"limit": settings.MAX_PASSKEYS})
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            raise
        except BROKEN as error:
            raise ValidationError(ANSWER_REFUSED) from error
        return cleaned
