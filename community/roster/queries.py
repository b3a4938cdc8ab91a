"""What people are shown of a roster."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from community.roster.models import Roster, RosterChange

KINDS = RosterChange.Kind
COLUMNS = {
    "name": _("Name"),
    "city": _("City"),
    "time_zone": _("Time zone"),
    "language": _("Language"),
    "unit": _("Unit"),
    "title": _("Job title"),
    "manager": _("Manager"),
    "from": _("From"),
    "until": _("Until"),
}


@dataclass(frozen=True)
class Shown:
    """A change with its details in words: what is changed, as it is, as it will be."""

    change: RosterChange
    details: list[tuple[str, str, str]]


def counts_of(roster: Roster) -> dict[str, int]:
    """How many changes of each kind; one query."""
    counted = roster.changes.order_by().values_list("kind").annotate(n=Count("id"))
    return dict.fromkeys(RosterChange.Kind.values, 0) | dict(counted)


def changes_of(roster: Roster, kind: str = "") -> QuerySet[RosterChange]:
    """Those of one kind, or all."""
    return roster.changes.filter(kind=kind) if kind else roster.changes.all()


def failures_of(roster: Roster) -> QuerySet[RosterChange]:
    """What could not be done after all."""
    return roster.changes.exclude(failure="")


def shown(changes: Iterable[RosterChange]) -> list[Shown]:
    return [
        Shown(change, [(str(COLUMNS[name]), was, will) for name, was, will in change.details])
        for change in changes
    ]
