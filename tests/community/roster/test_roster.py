"""A table of people: what it would change, and what stands there afterwards."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from pytest_django import Settings

from community.accounts.models import Job, OrgUnit, User
from community.accounts.placing import Place, place_person
from community.audiences.actions import set_default_space
from community.departures.models import Departure
from community.jobs.models import BackgroundJob
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.roster import applying
from community.roster.actions import keep_roster, prune_rosters, say_yes, send_roster
from community.roster.applying import carry_out
from community.roster.checking import check
from community.roster.models import Roster, RosterChange
from community.spaces.models import Space
from tests.factories.community import make_job, make_person, make_unit

pytestmark = pytest.mark.slow

DAY = "2026-11-24"
Compare = Callable[[str], Roster]
Kind = RosterChange.Kind


@pytest.fixture(autouse=True)
def _noon() -> object:
    with time_machine.travel(f"{DAY} 12:00:00+00:00", tick=False):
        yield


def silent(done: int, total: int) -> None:
    """Nobody looks at the progress."""


@pytest.fixture
def compare(admin: User) -> Compare:
    """An admin sends a table, and it is compared."""

    def run(text: str) -> Roster:
        roster = keep_roster(text.encode(), by=admin)
        check(roster, silent)
        roster.refresh_from_db()
        return roster

    return run


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


TWO = (
    "Email;Name;Unit;Title;Manager;From\n"
    "ida@x.org;Ida Noor;Firm / Sales;Lead;;2026-01-01\n"
    "kim2@x.org;Kim Oda;Firm / Sales;Seller;ida@x.org;\n"
)


def test_new_people_units_and_jobs_are_shown_and_nothing_is_written(compare: Compare) -> None:
    before = User.objects.count()
    roster = compare(TWO)

    assert kinds(roster) == {"ida@x.org": "new", "kim2@x.org": "new"}
    assert (roster.rows, roster.new_units, roster.faults) == (2, ["Firm / Sales"], [])
    assert ["manager", "", "ida@x.org"] in details(roster, "kim2@x.org")
    assert (User.objects.count(), OrgUnit.objects.count()) == (before, 0)


def test_import_makes_what_was_shown_and_again_changes_nothing(compare: Compare) -> None:
    bring_in(compare(TWO))

    kim = User.objects.get(email="kim2@x.org")
    job = kim.jobs.get()
    assert (kim.name, kim.headline, kim.has_usable_password()) == ("Kim Oda", "Seller", False)
    assert (str(job.manager), job.from_on) == ("Ida Noor", date(2026, 11, 24))
    assert [unit.name for unit in OrgUnit.objects.order_by("path")] == ["Firm", "Sales"]
    again = compare(TWO.replace("ida@x.org;;", "ida@x.org;"))
    assert (kinds(again), again.new_units, again.fault_count) == ({}, [], 0)


def test_letters_go_to_new_people_on_request_only(compare: Compare) -> None:
    bring_in(compare(TWO), letters=True)
    assert BackgroundJob.objects.count() == 2
    bring_in(compare("email,name\nlou@x.org,Lou\n"))
    assert BackgroundJob.objects.count() == 2


def test_only_what_differs_and_is_said_changes(compare: Compare, ada: User) -> None:
    unit = make_unit("Firm")
    make_job(ada, unit, title="Cook", from_on=date(2026, 1, 1))
    User.objects.filter(pk=ada.pk).update(email="ada@x.org", city="Pune", about="I cook.")

    roster = compare("email,name,city,title,unit\nADA@x.org,Ada Byron,,Chef,firm\n")
    assert details(roster, "ada@x.org") == [
        ["name", ada.name, "Ada Byron"],
        ["title", "Cook", "Chef"],
        ["from", "2026-01-01", DAY],
    ]
    bring_in(roster)

    ada.refresh_from_db()
    assert (ada.name, ada.city, ada.about) == ("Ada Byron", "Pune", "I cook.")
    held = list(ada.jobs.order_by("from_on").values_list("title", "from_on", "until_on"))
    assert held == [
        ("Cook", date(2026, 1, 1), date(2026, 11, 23)),
        ("Chef", date(2026, 11, 24), None),
    ]


def test_job_that_begins_on_the_day_is_corrected(compare: Compare, ada: User) -> None:
    make_job(ada, make_unit("Firm"), title="Cook", from_on=date(2026, 1, 1))
    User.objects.filter(pk=ada.pk).update(email="ada@x.org")

    bring_in(compare("email,title,from\nada@x.org,Chef,2026-01-01\n"))

    assert list(ada.jobs.values_list("title", "from_on")) == [("Chef", date(2026, 1, 1))]


def test_several_rows_tell_several_jobs(compare: Compare) -> None:
    roster = compare(
        "email,name,unit,title,from,until\n"
        "ida@x.org,Ida,Firm,Trainee,2024-01-01,2024-06-30\n"
        "ida@x.org,Ida,Firm,Lead,2025-01-01,\n"
        "ida@x.org,Ida,Firm,Seller,2024-07-01,\n"
    )
    assert roster.fault_count == 0
    bring_in(roster)

    jobs = Job.objects.filter(person__email="ida@x.org").order_by("from_on")
    assert list(jobs.values_list("title", "until_on")) == [
        ("Trainee", date(2024, 6, 30)),
        ("Seller", date(2024, 12, 31)),
        ("Lead", None),
    ]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("ida,Ida,,,,,", "email", "Enter an address"),
        ("ida@x.org,,,,,,", "name", "Nobody has this address yet"),
        ("ida@x.org,Ida,Firm,,,,", "title", "Give the job a title"),
        ("ida@x.org,Ida,,Cook,,,", "unit", "Name the unit"),
        ("ida@x.org,Ida,Firm//Sales,Cook,,,", "unit", "A unit has a name"),
        ("ida@x.org,Ida,Twin,Cook,,,", "unit", "Several units"),
        ("ida@x.org,Ida,Firm,Cook,zoe@x.org,,", "manager", "Nobody here or in this table"),
        ("ida@x.org,Ida,Firm,Cook,ida@x.org,,", "manager", "This makes a circle"),
        ("ida@x.org,Ida,Firm,Cook,,24.11.2026,", "from", "Write the day as"),
        ("ida@x.org,Ida,Firm,Cook,,9999-01-01,", "from", "between the years"),
        ("ida@x.org,Ida,Firm,Cook,,2026-02-01,2026-01-01", "until", "before the first"),
        ("off@x.org,,,,,,", "email", "switched off"),
        ("ida@x.org,Ida,Firm,Cook,,,,more", "", "more cells"),
        ("ida@x.org," + "I" * 121 + ",,,,,", "name", "120"),
    ],
)
def test_bad_row_is_named_and_left_out(compare: Compare, row: str, column: str, why: str) -> None:
    make_unit("Twin", parent=make_unit("A"))
    make_unit("Twin", parent=make_unit("B"))
    User.objects.filter(pk=make_person("off").pk).update(is_active=False, email="off@x.org")

    roster = compare(f"email,name,unit,title,manager,from,until\n{row}\nlou@x.org,Lou,,,,,\n")

    line, named, text = roster.faults[0]
    assert (line, named, kinds(roster)) == (2, column, {"lou@x.org": "new"})
    assert why in text


def test_circle_over_several_people_is_refused(compare: Compare) -> None:
    roster = compare(
        "email,name,unit,title,manager\n"
        "a@x.org,A,Firm,Cook,b@x.org\nb@x.org,B,Firm,Cook,c@x.org\nc@x.org,C,Firm,Cook,a@x.org\n"
    )
    assert [fault[:2] for fault in roster.faults] == [[line, "manager"] for line in (2, 3, 4)]


def test_same_person_twice_needs_days(compare: Compare) -> None:
    roster = compare("email,name\nida@x.org,Ida\nIDA@x.org,Ida\n")
    assert roster.faults[0][:2] == [3, "email"]
    assert "line 2" in roster.faults[0][2]


def test_missing_people_are_switched_off_on_request_only(
    compare: Compare, admin: User, ada: User, ben: User
) -> None:
    table = f"email\n{ben.email}\nnobody\n"
    roster = compare(table)
    missing = set(roster.changes.filter(kind=Kind.MISSING).values_list("person__handle", flat=True))
    assert "ada" in missing
    assert not {"ben", admin.handle} & missing

    bring_in(roster)
    ada.refresh_from_db()
    assert ada.is_active
    bring_in(compare(table), removes_missing=True)
    ada.refresh_from_db()
    ben.refresh_from_db()
    admin.refresh_from_db()
    assert (ada.is_active, ben.is_active, admin.is_active) == (False, True, True)
    assert Departure.objects.filter(person=ada, by=admin).exists()


def test_import_that_was_broken_off_goes_on(
    compare: Compare, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "BATCH", 2)
    roster = say_yes(
        compare(TWO),
        by=admin,
        removes_missing=False,
        sends_letters=False,
    )

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        carry_out(roster, stop)
    assert (User.objects.filter(email__endswith="@x.org").count(), Job.objects.count()) == (2, 0)
    roster.refresh_from_db()
    carry_out(roster, silent)
    carry_out(Roster.objects.get(pk=roster.pk), silent)
    assert (User.objects.filter(email__endswith="@x.org").count(), Job.objects.count()) == (2, 2)


def test_what_fails_by_now_is_noted_and_the_rest_goes_on(compare: Compare, admin: User) -> None:
    roster = compare("email,name\nida@x.org,Ida\nlou@x.org,Lou\n")
    make_person("ida2")
    RosterChange.objects.filter(email="ida@x.org").update(wish={"profile": {"name": "I" * 121}})

    bring_in(roster)

    assert "120" in RosterChange.objects.get(email="ida@x.org").failure
    assert User.objects.filter(email="lou@x.org").exists()


def test_only_those_who_manage_people_send_and_say_yes(compare: Compare, ada: User) -> None:
    roster = compare(TWO)
    tries: list[Callable[[], object]] = [
        lambda: send_roster(TWO.encode(), by=ada),
        lambda: say_yes(roster, by=ada, removes_missing=False, sends_letters=False),
    ]
    for attempt in tries:
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"name\nIda\n", "email"),
        (b"email\n", "there is nothing"),
        (b"email,name\n\xe4,x\n", "UTF-8"),
        (b'email\n"a@x.org\n', "quotation mark"),
        (b"email\n" + b"a@x.org\n" * 4, "more than 3 rows"),
    ],
)
def test_file_that_is_no_table_is_refused(
    admin: User, settings: Settings, data: bytes, why: str
) -> None:
    settings.MAX_ROSTER_ROWS = 3
    with pytest.raises(ValidationError) as refused:
        send_roster(data, by=admin)
    assert why in refused.value.message_dict["file"][0]
    assert send_roster(b"email\n" + b"a@x.org\n" * 3, by=admin).rows == 3


def test_second_yes_starts_nothing(compare: Compare, admin: User) -> None:
    roster = compare(TWO)
    first = say_yes(roster, by=admin, removes_missing=False, sends_letters=False)
    second = say_yes(roster, by=admin, removes_missing=True, sends_letters=True)
    assert (second.started_at, second.removes_missing) == (first.started_at, False)


def test_table_is_forgotten_after_a_day(compare: Compare) -> None:
    roster = compare(TWO)
    assert prune_rosters() == 0
    Roster.objects.filter(pk=roster.pk).update(created_at="2026-11-23T11:00:00Z")
    prune_rosters()
    assert not Roster.objects.exists()


def test_command_compares_then_imports(admin: User, tmp_path: Path) -> None:
    file, out = tmp_path / "people.csv", io.StringIO()
    file.write_text(TWO)
    call_command("import_people", file, by=admin.email, dry_run=True, stdout=out)
    assert "2 people would be added" in out.getvalue()
    assert not User.objects.filter(email="ida@x.org").exists()

    out = io.StringIO()
    call_command("import_people", file, by=admin.email, json=True, no_letters=True, stdout=out)
    told = json.loads(out.getvalue().splitlines()[-1])
    assert (told["new"], told["units"], told["bad"], told["failed"]) == (2, 1, 0, 0)
    assert User.objects.filter(email="ida@x.org").exists()
    assert not Roster.objects.exists()


@pytest.mark.parametrize(
    ("by", "name", "why"),
    [
        ("nobody@x.org", "people.csv", "nobody active"),
        ("ada", "people.csv", "Only people who manage people"),
        ("admin", "gone.csv", "can't be read"),
    ],
)
def test_command_refuses_in_a_sentence(
    admin: User, ada: User, tmp_path: Path, by: str, name: str, why: str
) -> None:
    (tmp_path / "people.csv").write_text(TWO)
    address = {"ada": ada.email, "admin": admin.email}.get(by, by)
    with pytest.raises(CommandError, match=why):
        call_command("import_people", tmp_path / name, by=address)


def test_new_people_join_the_spaces_of_the_unit_that_they_get_later(
    compare: Compare, admin: User, space: Space, handle_events: Callable[[], None]
) -> None:
    """Their jobs come in later transactions than they do themselves."""
    grant_capability(admin, Capability.SPACES, by=None)
    set_default_space(make_unit("Firm"), space, by=admin)
    rows = "".join(
        f"p{number}@x.org,P {number},Firm,Cook\n" for number in range(applying.BATCH + 5)
    )
    roster = compare(f"email,name,unit,title\n{rows}")
    say_yes(roster, by=admin, removes_missing=False, sends_letters=False)
    steps = applying._steps(Roster.objects.get())
    for start in range(0, len(steps), applying.BATCH):
        applying._do(Roster.objects.get(), steps[start : start + applying.BATCH], start)
        handle_events()

    joined = space.memberships.filter(person__email__endswith="@x.org")
    assert joined.count() == applying.BATCH + 5


def test_whoever_confirms_the_table_of_another_stays(compare: Compare, mia: User) -> None:
    grant_capability(mia, Capability.PEOPLE, by=None)
    User.objects.filter(pk=mia.pk).update(email="mia@x.org")
    roster = compare("email,name\nlou@x.org,Lou\n")
    say_yes(roster, by=User.objects.get(pk=mia.pk), removes_missing=True, sends_letters=False)
    roster.refresh_from_db()
    carry_out(roster, silent)

    mia.refresh_from_db()
    assert mia.is_active
    assert User.objects.filter(email="lou@x.org").exists()


def test_unit_that_was_taken_back_with_a_step_is_made_by_the_next(
    compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = compare("email,name,unit,title\nida@x.org,Ida,New,Cook\nkim2@x.org,Kim,New,Cook\n")
    refused: list[User] = []

    def refuse_once(person: User, place: Place, *, by: User) -> Job:
        if not refused:
            refused.append(person)
            raise ValidationError("Not today.")
        return place_person(person, place, by=by)

    monkeypatch.setattr(applying, "place_person", refuse_once)
    bring_in(roster)

    assert roster.changes.get(email="ida@x.org").failure == "Not today."
    assert User.objects.get(email="kim2@x.org").jobs.get().org_unit == OrgUnit.objects.get()
