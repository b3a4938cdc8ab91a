"""What people say of how to work with them, as others see it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from community.accounts.models import User
from community.accounts.queries import people_by_id
from community.accounts.times import zone_named
from community.profiles.models import ProfileDetails


@dataclass(frozen=True)
class Shown:
    """details of person at this moment; is_working is None for who left and who tells no hours."""

    person: User
    details: ProfileDetails
    is_away: bool
    is_working: bool | None
    # First and last minute of today in the person's zone, or none.
    hours_today: list[str] | None
    local_time: datetime
    # Who covers while they are away, where the viewer may know of them.
    stand_in: User | None


def details_of(person: User) -> ProfileDetails:
    """Return the row, or an empty one that isn't stored; one query, kept on the person."""
    known: dict[str, ProfileDetails] = person.__dict__
    if "_details" not in known:
        found = ProfileDetails.objects.filter(person=person).select_related("stand_in").first()
        known["_details"] = found or ProfileDetails(person=person)
        known["_details"].person = person
    return known["_details"]


def shown_details(person: User, *, viewer: User) -> Shown:
    """One query; for a guest one more where somebody covers."""
    now, details = timezone.now(), details_of(person)
    local = now.astimezone(zone_named(person.time_zone))
    today = details.hours[local.weekday()] if details.hours else None
    away = person.is_active and details.is_away(now)
    covers = _shown_stand_in(details, viewer)
    working = details.is_working(now) if person.is_active else None
    return Shown(person, details, away, working, today, local, covers)


def _shown_stand_in(details: ProfileDetails, viewer: User) -> User | None:
    if details.stand_in is None or not viewer.is_guest:
        return details.stand_in
    return people_by_id([details.stand_in.pk], viewer=viewer).get(details.stand_in.pk)
