"""Tables of people, as programs get them."""

from typing import TypedDict

from community.http.api.shapes import Time, written
from community.roster.models import Roster, RosterChange
from community.roster.queries import counts_of


class RosterCountsShape(TypedDict):
    new: int
    changed: int
    # Who stands in no row.
    missing: int


class RosterShape(TypedDict):
    id: str
    # checking, checked, applying, applied, or broken where it broke off: send the table again.
    state: str
    rows: int
    # Null until it is checked.
    counts: RosterCountsShape | None
    # Names of units, from the top, that the table makes.
    new_units: list[str]
    ignored_columns: list[str]
    fault_count: int
    # Of comparing it or carrying it out: /me/jobs/<job>.
    job: str | None
    created_at: Time
    url: str


class RosterDetailShape(TypedDict):
    column: str
    was: str
    will: str


class RosterChangeShape(TypedDict):
    # new, changed or missing
    kind: str
    # Of the table; null for those who are missing in it.
    line: int | None
    name: str
    email: str
    details: list[RosterDetailShape]
    # Why it could not be done after all.
    failure: str


def roster_shape(roster: Roster) -> RosterShape:
    """roster comes with its job."""
    return {
        "id": roster.public_id,
        "state": _state(roster),
        "rows": roster.rows,
        "counts": _counts(roster) if roster.checked_at else None,
        "new_units": roster.new_units,
        "ignored_columns": roster.ignored_columns,
        "fault_count": roster.fault_count,
        "job": roster.job.public_id if roster.job else None,
        "created_at": written(roster.created_at),
        "url": roster.get_absolute_url(),
    }


def _counts(roster: Roster) -> RosterCountsShape:
    counts = counts_of(roster)
    return {"new": counts["new"], "changed": counts["changed"], "missing": counts["missing"]}


def _state(roster: Roster) -> str:
    if roster.applied_at:
        return "applied"
    if roster.job is not None and roster.job.is_under_way:
        return "applying" if roster.started_at else "checking"
    return "checked" if roster.checked_at and not roster.started_at else "broken"


def change_shape(change: RosterChange) -> RosterChangeShape:
    return {
        "kind": change.kind,
        "line": change.line,
        "name": change.name,
        "email": change.email,
        "details": [
            {"column": column, "was": was, "will": will} for column, was, will in change.details
        ],
        "failure": change.failure,
    }
