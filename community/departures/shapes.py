"""What leaving means, or how somebody left, as programs get it."""

from collections.abc import Sequence
from typing import TypedDict

from community.accounts.models import User
from community.accounts.shapes import PersonShape, person_shape
from community.departures.models import Departure
from community.http.api.shapes import Time, written
from community.spaces.leaving import Handover
from community.spaces.shapes import SpaceNameShape, space_name_shape


class HandoverShape(TypedDict):
    space: SpaceNameShape
    # Null where nobody else belongs to the space.
    heir: PersonShape | None


class DepartureShape(TypedDict):
    is_active: bool
    # When and by whom the account was switched off; null while it is on.
    at: Time | None
    by: PersonShape | None
    # The spaces that the person alone owns, as far as you may know of them, and who would own them.
    handovers: list[HandoverShape]


def departure_shape(
    person: User, departure: Departure | None, handovers: Sequence[Handover]
) -> DepartureShape:
    """departure comes with who switched the account off."""
    by = departure.by if departure else None
    return {
        "is_active": person.is_active,
        "at": written(departure.at) if departure else None,
        "by": person_shape(by) if by else None,
        "handovers": [_handover(one) for one in handovers],
    }


def _handover(one: Handover) -> HandoverShape:
    return {
        "space": space_name_shape(one.space),
        "heir": person_shape(one.heir) if one.heir else None,
    }
