"""What a sign-in leaves in its session, and what a new password ends."""

from typing import Any

from allauth.account import signals as allauth_signals
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id
from community.sessions.actions import end_all_sessions, end_oldest
from community.sessions.queries import current_id
from community.sessions.store import DEVICE, device


def note_device(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Keep the device in the session, and make room: a person has so many sessions at once.

    Every way in sends Django's signal: password, passkey, first admin.
    """
    request.session[DEVICE] = device(
        public_id=new_public_id(),
        user_agent=request.META.get("HTTP_USER_AGENT", ""),
        address=request.META.get("REMOTE_ADDR", ""),
    )
    end_oldest(user, keep=settings.MAX_SESSIONS - 1)


def end_others(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """After a new password: whoever knew the old one is out, on every device but this one."""
    end_all_sessions(user, by=user, but=current_id(request))


def connect() -> None:
    user_logged_in.connect(note_device, dispatch_uid="community.sessions")
    allauth_signals.password_changed.connect(end_others, dispatch_uid="community.sessions")
    allauth_signals.password_reset.connect(end_others, dispatch_uid="community.sessions")
