"""What people say of how to work with them, as programs get it."""

from typing import TypedDict

from community.accounts.shapes import PersonShape, handle_of, person_shape
from community.http.api.shapes import Day
from community.http.api.strings import Handle
from community.profiles.models import ProfileDetails
from community.profiles.queries import Shown


class ProfileLinkShape(TypedDict):
    text: str
    url: str


class SaidDetailsShape(TypedDict):
    pronouns: str
    languages: str
    links: list[ProfileLinkShape]


class MyDetailsShape(SaidDetailsShape):
    # From Monday: first and last minute, or null for a day off; empty where you say nothing.
    hours: list[list[str] | None]
    # The last day of an absence.
    away_until: Day | None
    # A handle.
    stand_in: Handle | None


class DetailsShape(SaidDetailsShape):
    # First and last minute of today in the person's time zone; null on a day off, or if unsaid.
    hours_today: list[str] | None
    # Null where the person tells no hours.
    is_working: bool | None
    # While the person is away.
    away_until: Day | None
    # Who covers while the person is away.
    stand_in: PersonShape | None


def my_details_shape(details: ProfileDetails) -> MyDetailsShape:
    """details comes with who stands in."""
    return {
        **_said(details),
        "hours": details.hours,
        "away_until": details.away_until.isoformat() if details.away_until else None,
        "stand_in": handle_of(details.stand_in) if details.stand_in else None,
    }


def details_shape(shown: Shown) -> DetailsShape:
    until, covers = shown.details.away_until, shown.stand_in
    return {
        **_said(shown.details),
        "hours_today": shown.hours_today,
        "is_working": shown.is_working,
        "away_until": until.isoformat() if shown.is_away and until else None,
        "stand_in": person_shape(covers) if shown.is_away and covers else None,
    }


def _said(details: ProfileDetails) -> SaidDetailsShape:
    return {
        "pronouns": details.pronouns,
        "languages": details.languages,
        "links": [{"text": text, "url": url} for text, url in details.links],
    }
