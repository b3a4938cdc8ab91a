"""Many invitations at once, from a table: what it would do, and what is wrong with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.accounts.queries import UnitIndex, units_in_order
from community.invitations.actions import Wish, guest_errors
from community.invitations.models import Invitation
from community.spaces.bringing_in import spaces_to_offer
from community.text.lengths import length_error
from community.text.tables import BadRow, Row, Table, too_long

REQUIRED = ("email",)
OPTIONAL = ("name", "unit", "title", "spaces", "guest")
YES_NO = {"": False, "no": False, "yes": True}
ADDRESSES_AT_ONCE = 500


@dataclass
class Plan:
    """What a table asks for: wishes that can be granted, and what is wrong with the other rows."""

    wishes: list[Wish] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def plan_invitations(data: bytes, *, by: User) -> Plan:
    """Read a table with the columns email, name, unit, title, spaces and guest; nothing is
    written.

    Raises TableRefused for a table that can't be read.
    """
    most = settings.MAX_INVITATIONS_AT_ONCE
    table = Table(data, required=REQUIRED, optional=OPTIONAL, max_rows=most)
    rows = list(table.rows())
    reader = _RowReader(by, [row.values["email"].lower() for row in rows])
    plan = Plan(ignored=table.ignored)
    for row in rows:
        if row.too_long:
            plan.bad.append(too_long(row))
            continue
        try:
            plan.wishes.append(reader.wish(row))
        except ValidationError as error:
            plan.bad += [
                BadRow(row.line, column, texts[0]) for column, texts in error.message_dict.items()
            ]
    return plan


class _RowReader:
    def __init__(self, by: User, emails: Sequence[str]) -> None:
        self._units = UnitIndex(units_in_order())
        self._spaces = {space.slug: space for space in spaces_to_offer(by)}
        self._taken = _people_at(emails)
        self._invited = _invited_at(emails)
        self._seen: dict[str, int] = {}

    def wish(self, row: Row) -> Wish:
        """Raises ValidationError for the columns."""
        values = {name: row.values.get(name, "") for name in (*REQUIRED, *OPTIONAL)}
        email = values["email"].lower()
        errors = {
            "email": self._email_error(email),
            "name": length_error(values["name"], 120),
            "title": length_error(values["title"], 120),
            "unit": self._unit_error(values["unit"], values["title"]),
            "spaces": self._spaces_error(values["spaces"]),
            "guest": "" if values["guest"].lower() in YES_NO else _("Write yes or no."),
        }
        self._seen.setdefault(email, row.line)
        found = {column: text for column, text in errors.items() if text}
        if found:
            raise ValidationError(found)
        unit = self._units.find(values["unit"])[0] if values["unit"] else None
        spaces = [self._spaces[slug] for slug in _slugs(values["spaces"])]
        is_guest = YES_NO[values["guest"].lower()]
        wish = Wish(email, values["name"], unit, values["title"], spaces, is_guest)
        if is_guest and (wrong := guest_errors(wish)):
            raise ValidationError(wrong)
        return wish

    def _email_error(self, email: str) -> str:
        try:
            validate_email(email)
        except ValidationError:
            return _("Enter an address such as ada@example.com.")
        if email in self._seen:
            return _("This address stands on line %(line)s too. Keep one of them.") % {
                "line": self._seen[email]
            }
        if email in self._taken:
            return _("Somebody has this address already.")
        if email in self._invited:
            return _("This address is invited already. Send that invitation again.")
        return length_error(email, 254)

    def _unit_error(self, unit: str, title: str) -> str:
        found = self._units.find(unit) if unit else []
        if unit and not found:
            return _("There is no unit “%(name)s”. Write it as the list of people does.") % {
                "name": unit
            }
        if len(found) > 1:
            return _("Several units are called “%(name)s”. Write the ones above it too.") % {
                "name": unit
            }
        if title and not unit:
            return _("Name the unit of this job, or leave the title out.")
        return ""

    def _spaces_error(self, text: str) -> str:
        unknown = [slug for slug in _slugs(text) if slug not in self._spaces]
        if not unknown:
            return ""
        return _(
            "You can't invite into “%(name)s”. Write the end of the address of a space that is open"
            " or that you look after."
        ) % {"name": unknown[0]}


def _slugs(text: str) -> list[str]:
    """Several are separated by blanks or commas; "s/tools" and "/s/tools" are "tools"."""
    return [part.rpartition("/")[2].lower() for part in text.replace(",", " ").split()]


def _people_at(emails: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in _steps(emails):
        found |= set(User.objects.filter(email__in=some).values_list("email", flat=True))
    return found


def _invited_at(emails: Sequence[str]) -> set[str]:
    found: set[str] = set()
    usable = Invitation.objects.usable(timezone.now())
    for some in _steps(emails):
        found |= set(usable.filter(email__in=some).values_list("email", flat=True))
    return found


def _steps(emails: Sequence[str]) -> Iterable[Sequence[str]]:
    return (
        emails[start : start + ADDRESSES_AT_ONCE]
        for start in range(0, len(emails), ADDRESSES_AT_ONCE)
    )
