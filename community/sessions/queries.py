"""Reads on sessions."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from community.accounts.models import User
from community.sessions.devices import device_name, place_name
from community.sessions.models import Session
from community.sessions.store import DEVICE


@dataclass(frozen=True)
class Device:
    """A session as a page shows it."""

    public_id: str
    name: str
    place: str
    started_at: datetime
    last_used_at: datetime
    is_this: bool


def current_id(request: HttpRequest) -> str:
    """Return the public id of the session that asks; "" before sign-in."""
    found: str = request.session.get(DEVICE, {}).get("public_id", "")
    return found


def devices_of(person: User, *, this: str) -> list[Device]:
    """Return where person is signed in: the session this first, then by last use. One query."""
    found = Session.objects.visible_to(person).order_by("-last_used_at", "public_id")
    rows = list(found.defer("session_data")[: settings.MAX_SESSIONS])
    rows.sort(key=lambda row: row.public_id != this)
    return [_device(row, this) for row in rows]


def _device(row: Session, this: str) -> Device:
    return Device(
        public_id=row.public_id,
        name=device_name(row.user_agent),
        place=place_name(row.address),
        started_at=row.started_at,
        last_used_at=row.last_used_at,
        is_this=row.public_id == this,
    )
