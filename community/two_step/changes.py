"""Hears of changes, which allauth tells by signals only."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator

from community.accounts.models import User
from community.two_step.actions import note_change

# Recovery codes come and go with the first and the last of the others.
ADDED = {Authenticator.Type.TOTP: "app_added", Authenticator.Type.WEBAUTHN: "passkey_added"}
REMOVED = {Authenticator.Type.TOTP: "app_removed", Authenticator.Type.WEBAUTHN: "passkey_removed"}


def note_added(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note(user, ADDED.get(authenticator.type))


def note_removed(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note(user, REMOVED.get(authenticator.type))


def note_renewed(sender: Any, user: User, **kwargs: Any) -> None:
    _note(user, "codes_renewed")


def _note(person: User, change: str | None) -> None:
    if change:
        note_change(person, change)


def connect() -> None:
    signals.authenticator_added.connect(note_added, dispatch_uid="community.two_step")
    signals.authenticator_removed.connect(note_removed, dispatch_uid="community.two_step")
    signals.authenticator_reset.connect(note_renewed, dispatch_uid="community.two_step")
