"""What a row would change for one person: only what it says, and says differently."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import Job, User
from community.accounts.queries import UnitIndex, unit_key
from community.roster.entries import PROFILE, Entry

Detail = tuple[str, str, str]


@dataclass(frozen=True)
class JobWish:
    """A job as it shall be. unit is a path of names, manager an address, empty for none."""

    unit: str
    title: str
    manager: str
    from_on: date
    until_on: date | None

    def stored(self) -> dict[str, str]:
        """As RosterChange.wish keeps it; wished_job() reads it again."""
        days = {"from": self.from_on.isoformat()}
        days["until"] = self.until_on.isoformat() if self.until_on else ""
        return {"unit": self.unit, "title": self.title, "manager": self.manager, **days}


def wished_job(stored: dict[str, str]) -> JobWish:
    until = date.fromisoformat(stored["until"]) if stored["until"] else None
    from_on = date.fromisoformat(stored["from"])
    return JobWish(stored["unit"], stored["title"], stored["manager"], from_on, until)


@dataclass(frozen=True)
class Difference:
    """What shall be stored, and what people are shown of it; empty where all is so already."""

    wish: dict[str, Any]
    details: list[Detail]


def compare(
    entry: Entry, person: User | None, jobs: Sequence[Job], units: UnitIndex, *, day: date
) -> Difference:
    """Compare a row with who has its address, None for nobody; day is when new jobs begin.

    jobs are all of the person's, with unit and manager. Raises ValidationError for the columns.
    """
    _require_right_person(entry, person)
    wish: dict[str, Any] = {}
    details: list[Detail] = []
    for column, field in PROFILE.items():
        before, after = getattr(person, field, ""), entry.profile.get(field, "")
        if after and after != before:
            wish.setdefault("profile", {})[field] = after
            details.append((column, before, after))
    if entry.says_job:
        before, wished = _jobs(entry, jobs, units, day)
        if wished != before:
            wish["job"] = wished.stored()
            details += _job_details(before, wished)
    return Difference(wish, details)


def _require_right_person(entry: Entry, person: User | None) -> None:
    if person is None and "name" not in entry.profile:
        raise ValidationError({"name": _("Nobody has this address yet. Give a name.")})
    if person is not None and not person.is_active:
        off = _("This account is switched off. Switch it on first, or take the row out.")
        raise ValidationError({"email": off})


def _jobs(
    entry: Entry, jobs: Sequence[Job], units: UnitIndex, day: date
) -> tuple[JobWish | None, JobWish]:
    """Return the job that the row corrects or ends, None for neither, and how it shall be."""
    running = _on(jobs, entry.from_on or day)
    same = running if entry.from_on is None else _beginning(jobs, entry.from_on)
    pattern = _as_wish(running, units) if running else JobWish("", "", "", day, None)
    wished = replace(
        pattern,
        unit=_unit(entry.unit, units) if entry.unit else pattern.unit,
        title=entry.title or pattern.title,
        manager=entry.manager or pattern.manager,
    )
    stored = _as_wish(same, units) if same else None
    moves = stored is None or wished != stored
    begins = entry.from_on or (day if moves else pattern.from_on)
    ends = entry.until_on or (stored.until_on if stored else None)
    wished = replace(wished, from_on=begins, until_on=ends)
    _require_whole(wished, jobs)
    return stored or (pattern if running else None), wished


def _require_whole(wished: JobWish, jobs: Sequence[Job]) -> None:
    errors = {}
    if not wished.unit:
        errors["unit"] = _("Name the unit of this job.")
    if not wished.title:
        errors["title"] = _("Give the job a title.")
    if wished.until_on is not None:
        later = [job.from_on for job in jobs if job.from_on > wished.from_on]
        if wished.until_on < wished.from_on:
            errors["until"] = _("The last day lies before the first.")
        elif later and wished.until_on >= min(later):
            errors["until"] = _("Another job begins on %(day)s.") % {"day": min(later)}
    if errors:
        raise ValidationError(errors)


def _unit(text: str, units: UnitIndex) -> str:
    """Return the path of the unit that is meant, or of the one to make."""
    found = units.find(text)
    if len(found) > 1:
        several = _("Several units are called “%(name)s”. Write the ones above it too.")
        raise ValidationError({"unit": several % {"name": text}})
    if found:
        return units.path_of(found[0])
    return " / ".join(" ".join(name.split()) for name in text.split("/"))


def _as_wish(job: Job, units: UnitIndex) -> JobWish:
    manager = (job.manager.email or "") if job.manager else ""
    return JobWish(units.path_of(job.org_unit), job.title, manager, job.from_on, job.until_on)


def _on(jobs: Sequence[Job], day: date) -> Job | None:
    running = [
        job for job in jobs if job.from_on <= day and (job.until_on is None or job.until_on >= day)
    ]
    return max(running, key=lambda job: job.from_on, default=None)


def _beginning(jobs: Sequence[Job], day: date) -> Job | None:
    return next((job for job in jobs if job.from_on == day), None)


def _job_details(stored: JobWish | None, wished: JobWish) -> list[Detail]:
    before = stored.stored() if stored else {}
    details = []
    for column, after in wished.stored().items():
        was = before.get(column, "")
        alike = unit_key(was) == unit_key(after) if column == "unit" else was == after
        if not alike:
            details.append((column, was, after))
    return details
