"""Carrying out what was compared: people first, then their jobs, then who is missing."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError

from community.accounts.actions import Profile, create_person, edit_profile, profile_of
from community.accounts.models import OrgUnit, User
from community.accounts.placing import Place, place_person
from community.accounts.queries import UnitIndex, units_in_order
from community.accounts.tasks import send_reset_letter
from community.accounts.units import create_org_unit
from community.departures.actions import deactivate_person
from community.events import NEWCOMER_PLACED
from community.jobs.actions import enqueue
from community.outbox.recording import action, record, savepoint
from community.roster.comparing import wished_job
from community.roster.models import Roster, RosterChange

Progress = Callable[[int, int], None]
Step = tuple[str, int]
BATCH = 20
KIND = RosterChange.Kind


def carry_out(roster: Roster, progress: Progress) -> None:
    """Go on where the last attempt stood.

    Raises PermissionDenied where whoever said so manages people no more; what can't be done by now
    is noted at the change.
    """
    steps = _steps(roster)
    for start in range(roster.position, len(steps), BATCH):
        _do(roster, steps[start : start + BATCH], start)
        progress(min(start + BATCH, len(steps)), len(steps))


def _steps(roster: Roster) -> list[Step]:
    """The same in each attempt: changes stay as they were compared."""
    rows = list(roster.changes.order_by("id").values_list("id", "kind", "wish"))
    people = [("person", pk) for pk, kind, _wish in rows if kind != KIND.MISSING]
    jobs = [("job", pk) for pk, _kind, wish in rows if "job" in wish]
    gone = [("leave", pk) for pk, kind, _wish in rows if kind == KIND.MISSING]
    return [*people, *jobs, *(gone if roster.removes_missing else [])]


@action
def _do(roster: Roster, steps: Sequence[Step], position: int) -> None:
    current = Roster.objects.select_for_update().get(pk=roster.pk)
    if current.position != position:
        return
    worker = _Worker(roster)
    changes = RosterChange.objects.select_related("person").in_bulk([pk for _verb, pk in steps])
    for verb, pk in steps:
        change = changes[pk]
        try:
            with savepoint():
                worker.do(verb, change)
        except ValidationError as error:
            failure = " ".join(error.messages)[:300]
            RosterChange.objects.filter(pk=pk).update(failure=failure)
            # It may remember a unit that was taken back with the step.
            worker = _Worker(roster)
    Roster.objects.filter(pk=roster.pk).update(position=position + len(steps))


class _Worker:
    """Does the steps of a batch; by is whoever said yes, so that their rights count."""

    def __init__(self, roster: Roster) -> None:
        self._by, self._sends_letters = roster.by, roster.sends_letters
        self._units = UnitIndex(units_in_order())

    def do(self, verb: str, change: RosterChange) -> None:
        """Raises ValidationError for what can't be done by now."""
        {"person": self._person, "job": self._job, "leave": self._leave}[verb](change)

    def _person(self, change: RosterChange) -> None:
        said = change.wish.get("profile", {})
        person = User.objects.filter(email=change.email).first()
        if person is None:
            profile = _merged(Profile(change.name), said)
            person = create_person(profile, by=self._by, email=change.email)
            if self._sends_letters:
                label = "Letter to set a first password"
                enqueue(send_reset_letter, person.pk, label=label)
        elif said:
            edit_profile(person, _merged(profile_of(person), said), by=self._by)

    def _job(self, change: RosterChange) -> None:
        person = User.objects.filter(email=change.email).first()
        if person is None:
            return
        wish = wished_job(change.wish["job"])
        manager = User.objects.filter(email=wish.manager).first() if wish.manager else None
        unit = self._unit(wish.unit)
        place = Place(unit, wish.title, wish.from_on, wish.until_on, manager)
        place_person(person, place, by=self._by)
        if change.kind == KIND.NEW:
            record(NEWCOMER_PLACED, actor=self._by, obj=person, subject=person)

    def _leave(self, change: RosterChange) -> None:
        """Whoever said yes stays: the table may come from somebody else, who is in it."""
        if change.person is not None and change.person != self._by:
            deactivate_person(change.person, by=self._by)

    def _unit(self, path: str) -> OrgUnit:
        """The unit, made where it is missing, along with those above it."""
        found = self._units.find(path)
        if found:
            return found[0]
        above, _slash, name = path.rpartition(" / ")
        parent = self._unit(above) if above else None
        made = create_org_unit(name, by=self._by, parent=parent)
        self._units = UnitIndex(units_in_order())
        return made


def _merged(profile: Profile, said: dict[str, str]) -> Profile:
    return replace(profile, **said)
