"""Django's database sessions in our own table, which knows the person and the device."""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from community.sessions.models import Session

# Where the sign-in leaves what it knows of the device, in the data of the session.
DEVICE = "device"


class SessionStore(db.SessionStore):
    """The session engine of the settings."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        device = data.get(DEVICE)
        if device and SESSION_KEY in data:
            row.person_id = int(data[SESSION_KEY])
            row.public_id, row.user_agent = device["public_id"], device["user_agent"]
            row.address = device["address"]
            row.started_at = datetime.fromisoformat(device["started_at"])
        return row


def device(*, public_id: str, user_agent: str, address: str) -> dict[str, str]:
    """Return what DEVICE holds; cut to the columns, since browsers may say anything."""
    return {
        "public_id": public_id,
        "user_agent": user_agent[:300],
        "address": address[:45],
        "started_at": timezone.now().isoformat(),
    }
