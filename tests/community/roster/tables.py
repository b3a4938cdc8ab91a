"""Sending tables of people, and what became of them."""

from collections.abc import Callable

from community.roster.actions import say_yes
from community.roster.applying import carry_out
from community.roster.models import Roster, RosterChange

DAY = "2026-11-24"
Compare = Callable[[str], Roster]
Kind = RosterChange.Kind
TWO = (
    "Email;Name;Unit;Title;Manager;From\n"
    "ida@x.org;Ida Noor;Firm / Sales;Lead;;2026-01-01\n"
    "kim2@x.org;Kim Oda;Firm / Sales;Seller;ida@x.org;\n"
)


def silent(done: int, total: int) -> None:
    """Nobody looks at the progress."""


def bring_in(roster: Roster, *, removes_missing: bool = False, letters: bool = False) -> Roster:
    roster = say_yes(roster, by=roster.by, removes_missing=removes_missing, sends_letters=letters)
    carry_out(roster, silent)
    roster.refresh_from_db()
    return roster


def kinds(roster: Roster) -> dict[str, str]:
    rows = roster.changes.exclude(kind=Kind.MISSING)
    return dict(rows.values_list("email", "kind"))


def details(roster: Roster, email: str) -> list[list[str]]:
    found: list[list[str]] = roster.changes.get(email=email).details
    return found
