"""Two-step sign-in for tests: apps and their codes."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from community.accounts.models import User
from tests.factories.community import PASSWORD


def make_app(person: User) -> str:
    """Give person an app and recovery codes; return the app's secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def code_of(secret: str) -> str:
    """Return what the app shows now."""
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return shown


def recovery_codes_of(person: User) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes


def confirm(client: Client) -> None:
    """Say once more who it is, as the pages that change sign-in ask."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
