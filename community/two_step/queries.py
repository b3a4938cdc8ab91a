"""Reads on two-step sign-in."""

from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator

from community.accounts.models import User
from community.two_step.access import passkey_id


@dataclass(frozen=True)
class Passkey:
    public_id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass
class TwoStep:
    """What a person has set up; codes_left is how many recovery codes are unused."""

    has_app: bool = False
    passkeys: list[Passkey] = field(default_factory=list)
    codes_left: int = 0

    @property
    def is_on(self) -> bool:
        return self.has_app or bool(self.passkeys)


def two_step_of(person: User) -> TwoStep:
    """Return what person has set up, the oldest passkey first. One query."""
    found = TwoStep()
    for row in Authenticator.objects.filter(user=person).order_by("created_at", "id"):
        if row.type == Authenticator.Type.TOTP:
            found.has_app = True
        elif row.type == Authenticator.Type.WEBAUTHN:
            found.passkeys.append(_passkey(row))
        else:
            found.codes_left = len(row.wrap().get_unused_codes())
    return found


def _passkey(row: Authenticator) -> Passkey:
    return Passkey(
        public_id=passkey_id(row),
        name=row.data["name"],
        created_at=row.created_at,
        last_used_at=row.last_used_at,
    )
