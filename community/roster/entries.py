"""What one row of the table says, read without looking at who is here."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.emails import well_formed_email
from community.accounts.times import zone_names
from community.text.lengths import length_error
from community.text.names import clean_name
from community.text.tables import Row

REQUIRED = ("email",)
# Columns of the table and the field of the profile that each one fills.
PROFILE = {"name": "name", "city": "city", "time_zone": "time_zone", "language": "locale"}
JOB = ("unit", "title", "manager", "from", "until")
OPTIONAL = (*PROFILE, *JOB)
LONGEST = {"name": 120, "city": 80, "title": 120}
LONGEST_UNIT = 120


@dataclass(frozen=True)
class Entry:
    """A row whose cells are well-formed. An empty cell, or a column that is missing, says nothing.

    profile holds fields of a profile; unit is a path of names such as "Firm / Sales".
    """

    line: int
    email: str
    profile: dict[str, str]
    unit: str = ""
    title: str = ""
    manager: str = ""
    from_on: date | None = None
    until_on: date | None = None

    @property
    def says_job(self) -> bool:
        return bool(self.unit or self.title or self.manager or self.from_on or self.until_on)


def read_entry(row: Row) -> Entry:
    """Raises ValidationError for the columns."""
    values = {name: row.values.get(name, "") for name in (*REQUIRED, *OPTIONAL)}
    values |= {name: clean_name(values[name]) for name in ("name", "city", "title")}
    values |= {name: values[name].lower() for name in ("email", "manager")}
    days: dict[str, date | None] = {}
    errors = {name: length_error(values[name], limit) for name, limit in LONGEST.items()}
    errors["email"] = _email_error(values["email"])
    errors["manager"] = _email_error(values["manager"]) if values["manager"] else ""
    errors["unit"] = _unit_error(values["unit"])
    errors |= _choice_errors(values)
    for column in ("from", "until"):
        days[column], errors[column] = _day(values[column])
    found = {column: text for column, text in errors.items() if text}
    if found:
        raise ValidationError(found)
    profile = {field: values[column] for column, field in PROFILE.items() if values[column]}
    return Entry(
        row.line,
        values["email"],
        profile,
        values["unit"],
        values["title"],
        values["manager"],
        days["from"],
        days["until"],
    )


def _email_error(email: str) -> str:
    try:
        well_formed_email(email)
    except ValidationError as error:
        return error.messages[0]
    return ""


def _unit_error(path: str) -> str:
    names = [clean_name(name) for name in path.split("/")] if path else []
    if not all(names):
        return _("A unit has a name, with those above it before: Firm / Sales.")
    return next((text for text in (length_error(name, LONGEST_UNIT) for name in names) if text), "")


def _choice_errors(values: dict[str, str]) -> dict[str, str]:
    zone, language = values["time_zone"], values["language"]
    errors = {}
    if zone and zone not in zone_names():
        errors["time_zone"] = _("Write a time zone such as Europe/Lisbon.")
    if language and language not in dict(settings.LANGUAGES):
        codes = ", ".join(code for code, _name in settings.LANGUAGES)
        errors["language"] = _("Write one of these languages: %(codes)s.") % {"codes": codes}
    return errors


def _day(text: str) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, _("Write the day as 2026-11-24.")
    if not 1900 <= day.year <= 2200:
        return None, _("Write a day between the years 1900 and 2200.")
    return day, ""
