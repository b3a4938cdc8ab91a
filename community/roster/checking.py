"""Comparing a whole table with who is here; nothing is changed but the roster's own rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import Job, User
from community.accounts.queries import UnitIndex, units_in_order
from community.accounts.times import today
from community.http.faults import FAULTS_KEPT
from community.outbox.recording import action
from community.roster.comparing import compare
from community.roster.entries import OPTIONAL, REQUIRED, Entry, read_entry
from community.roster.models import Roster, RosterChange
from community.text.refusals import Refusals
from community.text.tables import BadRow, Table, too_long

Progress = Callable[[int, int], None]
BATCH = 200


def open_table(data: bytes) -> Table:
    """Raises TableRefused."""
    return Table(data, required=REQUIRED, optional=OPTIONAL, max_rows=settings.MAX_ROSTER_ROWS)


def check(roster: Roster, progress: Progress) -> None:
    """Note every change that the table asks for and every row that is wrong; again, it is new."""
    _forget_changes(roster)
    reader = _Reader(roster)
    entries = reader.entries()
    for start in range(0, len(entries), BATCH):
        _store(reader.changes(entries[start : start + BATCH]))
        progress(min(start + BATCH, len(entries)), len(entries))
    missing = reader.missing()
    while some := list(islice(missing, BATCH)):
        _store(some)
    _note(roster, reader)


class _Reader:
    def __init__(self, roster: Roster) -> None:
        self._roster, self._day = roster, today()
        self._table = open_table(roster.text.encode())
        self._units = UnitIndex(units_in_order())
        self._chain = _Chain(self._day)
        self._emails: set[str] = set()
        # Addresses of managers who are here, asked for once a batch.
        self._known: set[str] = set()
        self._made: set[str] = set()
        self.new_units: dict[str, None] = {}
        self.faults: list[BadRow] = []
        self.rows = 0
        self.ignored = self._table.ignored

    def entries(self) -> list[Entry]:
        """The rows that are well-formed. Whoever stands in a bad one isn't missing."""
        found, lines = [], dict[tuple[str, object], int]()
        for row in self._table.rows():
            self.rows += 1
            self._emails.add(row.values["email"].lower())
            if row.too_long:
                self.faults.append(too_long(row))
                continue
            try:
                entry = read_entry(row)
                _require_once(entry, lines)
            except ValidationError as error:
                self._refuse(row.line, error)
            else:
                found.append(entry)
        self._chain.add(found)
        return found

    def changes(self, entries: Sequence[Entry]) -> list[RosterChange]:
        people = {
            person.email: person
            for person in User.objects.filter(email__in=[entry.email for entry in entries])
        }
        jobs = _jobs_of(people.values())
        self._learn({entry.manager for entry in entries} - self._known)
        made = (self._change(entry, people.get(entry.email), jobs) for entry in entries)
        return [change for change in made if change is not None]

    def _learn(self, managers: set[str]) -> None:
        found = User.objects.filter(email__in=managers).values_list("email", flat=True)
        self._known |= set(found)

    def _change(
        self, entry: Entry, person: User | None, jobs: dict[int, list[Job]]
    ) -> RosterChange | None:
        held = jobs.get(person.pk, []) if person else []
        refusals = Refusals()
        try:
            with refusals.collected():
                found = compare(entry, person, held, self._units, day=self._day)
            with refusals.collected():
                self._require_manager(entry)
            refusals.raise_any()
        except ValidationError as error:
            self._refuse(entry.line, error)
            return None
        if not found.details and (person or entry.email in self._made):
            return None
        unit = found.wish.get("job", {}).get("unit", "")
        if unit and not self._units.find(unit):
            self.new_units[unit] = None
        is_new = person is None and entry.email not in self._made
        self._made.add(entry.email)
        return RosterChange(
            roster=self._roster,
            kind=RosterChange.Kind.NEW if is_new else RosterChange.Kind.CHANGED,
            line=entry.line,
            person=person,
            name=person.name if person else entry.profile["name"],
            email=entry.email,
            wish=found.wish,
            details=found.details,
        )

    def _require_manager(self, entry: Entry) -> None:
        if not entry.manager:
            return
        if entry.manager not in self._emails and entry.manager not in self._known:
            nobody = _("Nobody here or in this table has the address %(email)s.")
            raise ValidationError({"manager": nobody % {"email": entry.manager}})
        if self._chain.is_circle(entry.email):
            circle = _("This makes a circle: the manager reports to this person in the end.")
            raise ValidationError({"manager": circle})

    def missing(self) -> Iterator[RosterChange]:
        """Active colleagues whose address stands in no row, but for whoever sent the table.

        Guests stand in no table of a company's people.
        """
        colleagues = User.objects.active().filter(is_guest=False).exclude(email=None)
        people = colleagues.exclude(pk=self._roster.by_id)
        for person in people.order_by("name", "id").iterator(BATCH):
            if person.email not in self._emails:
                kind = RosterChange.Kind.MISSING
                yield RosterChange(
                    roster=self._roster,
                    kind=kind,
                    person=person,
                    name=person.name,
                    email=person.email,
                )

    def _refuse(self, line: int, error: ValidationError) -> None:
        self.faults += [
            BadRow(line, column, texts[0]) for column, texts in error.message_dict.items()
        ]


class _Chain:
    """Who reports to whom, by address: as it is, and as the table wants it."""

    def __init__(self, day: object) -> None:
        self._day = day
        jobs = Job.objects.current().exclude(manager=None)
        self._above = dict(jobs.values_list("person__email", "manager__email"))

    def add(self, entries: Iterable[Entry]) -> None:
        said = [entry for entry in entries if entry.manager]
        self._above |= {entry.email: entry.manager for entry in said}

    def is_circle(self, email: str) -> bool:
        at, seen = self._above.get(email), {email}
        while at is not None and at not in seen:
            seen.add(at)
            at = self._above.get(at)
        return at == email


def _require_once(entry: Entry, lines: dict[tuple[str, object], int]) -> None:
    """One row a person; several where each tells a job that begins on another day."""
    key = (entry.email, entry.from_on)
    if key in lines:
        again = _("This address stands on line %(line)s too. Keep one, or let each name a day.")
        raise ValidationError({"email": again % {"line": lines[key]}})
    lines[key] = entry.line


def _jobs_of(people: Iterable[User]) -> dict[int, list[Job]]:
    found: dict[int, list[Job]] = {}
    jobs = Job.objects.filter(person__in=list(people)).select_related("org_unit", "manager")
    for job in jobs.order_by("from_on"):
        found.setdefault(job.person_id, []).append(job)
    return found


@action
def _forget_changes(roster: Roster) -> None:
    RosterChange.objects.filter(roster=roster).delete()


@action
def _store(changes: Sequence[RosterChange]) -> None:
    RosterChange.objects.bulk_create(changes)


@action
def _note(roster: Roster, reader: _Reader) -> None:
    faults = sorted(reader.faults, key=lambda fault: fault.line)
    Roster.objects.filter(pk=roster.pk).update(
        rows=reader.rows,
        new_units=list(reader.new_units),
        ignored_columns=reader.ignored,
        faults=[[fault.line, fault.column, fault.text] for fault in faults[:FAULTS_KEPT]],
        fault_count=len(faults),
        checked_at=timezone.now(),
    )
