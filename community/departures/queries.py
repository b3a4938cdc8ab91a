"""Reads on departures."""

from community.accounts.models import User
from community.departures.models import Departure


def last_departure(person: User) -> Departure | None:
    """Return how person left, while they are away."""
    away = Departure.objects.filter(person=person, returned_at=None)
    return away.select_related("by").order_by("-at", "-id").first()
