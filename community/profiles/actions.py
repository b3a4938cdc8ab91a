"""Saying how to work with one."""

from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.access import require_edit_profile
from community.accounts.models import User
from community.accounts.queries import locked
from community.events import DETAILS_EDITED
from community.http.conflicts import EditConflict
from community.outbox.recording import action, record
from community.profiles.models import ProfileDetails
from community.text.lengths import length_error
from community.text.names import clean_name
from community.text.urls import is_allowed, is_well_formed

MAX_LINKS = 5
Hours = list[list[str] | None]


@dataclass(frozen=True)
class Details:
    """hours: from Monday, first and last minute as "09:00" or None; [] says nothing.

    links: pairs of text and https address.
    """

    pronouns: str = ""
    languages: str = ""
    hours: Hours | None = None
    away_until: date | None = None
    stand_in: User | None = None
    links: list[list[str]] | None = None


def said_in(details: ProfileDetails) -> Details:
    return Details(**{each.name: getattr(details, each.name) for each in fields(Details)})


@action
def edit_details(
    person: User, details: Details, *, by: User, based_on: int | None = None
) -> ProfileDetails:
    """Change what a profile says beside name and job; based_on is the version that was edited.

    Raises PermissionDenied for others than the person and those who manage people, EditConflict,
    ValidationError for the fields of Details.
    """
    require_edit_profile(person, by)
    locked(person)
    current = ProfileDetails.objects.select_related("person", "stand_in").get_or_create(
        person=person
    )[0]
    if based_on not in (None, current.version):
        raise EditConflict(current)
    for name, value in _checked(person, details).items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    # What queries.details_of() keeps on the person.
    person.__dict__.pop("_details", None)
    record(DETAILS_EDITED, actor=by, obj=person, subject=person)
    return current


def _checked(person: User, details: Details) -> dict[str, object]:
    pronouns, languages = clean_name(details.pronouns), clean_name(details.languages)
    links = [[clean_name(text) or url, url] for text, url in details.links or []]
    errors = {
        "pronouns": length_error(pronouns, 40),
        "languages": length_error(languages, 120),
        "hours": _hours_error(details.hours or []),
        "stand_in": _stand_in_error(person, details),
        "links": _links_error(links),
    }
    found = {field: text for field, text in errors.items() if text}
    if found:
        raise ValidationError(found)
    return {
        "pronouns": pronouns,
        "languages": languages,
        "hours": details.hours or [],
        "away_until": details.away_until,
        "stand_in": details.stand_in,
        "links": links,
    }


def _hours_error(hours: Hours) -> str:
    if any(day and day[0] >= day[1] for day in hours):
        return _("A day ends after it begins.")
    return ""


def _stand_in_error(person: User, details: Details) -> str:
    if details.stand_in is None:
        return ""
    if details.away_until is None:
        return _("Say until when, or leave the stand-in out.")
    if details.stand_in.pk == person.pk:
        return _("Name somebody else.")
    if not details.stand_in.is_active:
        return _("%(name)s has no account any more.") % {"name": details.stand_in.name}
    return ""


def _links_error(links: list[list[str]]) -> str:
    if len(links) > MAX_LINKS:
        return _("At most %(limit)s links.") % {"limit": MAX_LINKS}
    for text, url in links:
        secure = url.startswith("https://") and is_allowed(url) and is_well_formed(url)
        if not secure or not urlsplit(url).hostname:
            return _("Write an address that begins with https://, such as https://example.com.")
        wrong = length_error(url, 300) or (length_error(text, 60) if text != url else "")
        if wrong:
            return wrong
    return ""
