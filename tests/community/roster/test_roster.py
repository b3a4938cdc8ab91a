"""A table of people: what it would change, and who may send it."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from pytest_django import Settings

from community.accounts.models import Job, OrgUnit, User
from community.roster.actions import prune_rosters, say_yes, send_roster
from community.roster.models import Roster
from tests.community.roster.tables import TWO, Compare, bring_in, details, kinds
from tests.factories.community import make_person, make_unit

pytestmark = pytest.mark.slow


def test_new_people_units_and_jobs_are_shown_and_nothing_is_written(compare: Compare) -> None:
    before = User.objects.count()
    roster = compare(TWO)

    assert kinds(roster) == {"ida@x.org": "new", "kim2@x.org": "new"}
    assert (roster.rows, roster.new_units, roster.faults) == (2, ["Firm / Sales"], [])
    assert ["manager", "", "ida@x.org"] in details(roster, "kim2@x.org")
    assert (User.objects.count(), OrgUnit.objects.count()) == (before, 0)


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
        ("ida@x.org,Ida,Firm,Cook,zoe,,", "manager", "Enter an address"),
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


def test_all_faults_of_a_row_are_named_at_once(compare: Compare) -> None:
    roster = compare(
        "email,name,unit,title,manager,from\n"
        "ida,Ida,Firm,Cook,zoe,yesterday\n"
        "lou@x.org,Lou,Firm,,zoe@x.org,\n"
    )
    assert [fault[:2] for fault in roster.faults] == [
        [2, "email"],
        [2, "manager"],
        [2, "from"],
        [3, "title"],
        [3, "manager"],
    ]


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
