"""What stands there after a table of people was carried out."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from community.accounts.models import Job, OrgUnit, User
from community.accounts.placing import Place, place_person
from community.audiences.actions import set_default_space
from community.departures.models import Departure
from community.jobs.models import BackgroundJob
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.roster import applying
from community.roster.actions import say_yes
from community.roster.applying import carry_out
from community.roster.models import Roster, RosterChange
from community.spaces.models import Space
from tests.community.roster.tables import DAY, TWO, Compare, Kind, bring_in, details, kinds, silent
from tests.factories.community import make_guest, make_job, make_person, make_unit

pytestmark = pytest.mark.slow


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


def test_missing_people_are_switched_off_on_request_only(
    compare: Compare, admin: User, ada: User, ben: User
) -> None:
    make_guest("Gil")
    table = f"email\n{ben.email}\nnobody\n"
    roster = compare(table)
    missing = set(roster.changes.filter(kind=Kind.MISSING).values_list("person__handle", flat=True))
    assert "ada" in missing
    assert not {"ben", "gil", admin.handle} & missing

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
