from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from community.accounts.access import get_person
from community.accounts.actions import (
    HANDLES_SPAN,
    Profile,
    add_colleague,
    change_handle,
    create_person,
    edit_profile,
)
from community.accounts.handles import free_handle
from community.accounts.models import HandleRedirect, Job, User
from community.accounts.placing import assign_job
from community.accounts.units import create_org_unit
from community.events import PERSON_CREATED, PERSON_RENAMED, PROFILE_EDITED
from community.http.conflicts import EditConflict
from community.outbox.models import Event
from tests.factories.community import make_job, make_person, make_unit


def refused(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return sorted(error.value.message_dict)


def recorded(person: User) -> list[str]:
    found = Event.objects.filter(subject_id=person.pk).order_by("id")
    return list(found.values_list("name", flat=True))


def test_person_created_has_a_lower_case_mail_and_a_handle_from_the_name(db: None) -> None:
    person = create_person(Profile(name="  Zoë   Ødegård "), by=None, email=" Zoe@Example.COM ")

    assert (person.name, person.email, person.handle) == (
        "Zoë Ødegård",
        "zoe@example.com",
        "zoe-odegard",
    )
    assert not person.has_usable_password()
    assert recorded(person) == [PERSON_CREATED]


def test_person_is_created_by_those_who_manage_people(admin: User, zed: User) -> None:
    create_person(Profile(name="Ida"), by=admin, email="ida@example.com")

    with pytest.raises(PermissionDenied):
        create_person(Profile(name="Eve"), by=zed, email="eve@example.com")
    assert User.objects.filter(name__in=["Ida", "Eve"]).count() == 1


@pytest.mark.parametrize(
    ("fields", "email", "handle", "field"),
    [
        ({"name": " "}, "x@example.com", "", "name"),
        ({"name": "x" * 121}, "x@example.com", "", "name"),
        ({"name": "X", "about": "x" * 501}, "x@example.com", "", "about"),
        ({"name": "X", "city": "x" * 81}, "x@example.com", "", "city"),
        ({"name": "X", "time_zone": "Mars/Base"}, "x@example.com", "", "time_zone"),
        ({"name": "X", "time_zone": "../etc/passwd"}, "x@example.com", "", "time_zone"),
        ({"name": "X", "locale": "xx"}, "x@example.com", "", "locale"),
        ({"name": "X"}, "no-address", "", "email"),
        ({"name": "X"}, "", "", "email"),
        ({"name": "X"}, "ada@EXAMPLE.com", "", "email"),
        ({"name": "X"}, f"{'x' * 250}@a.eu", "", "email"),
        ({"name": "X"}, "x@example.com", "Ada", "handle"),
        ({"name": "X"}, "x@example.com", "-x", "handle"),
        ({"name": "X"}, "x@example.com", "x" * 40, "handle"),
        ({"name": "X"}, "x@example.com", "x\n", ""),
    ],
)
def test_person_with_a_bad_field_is_refused_at_that_field(
    ada: User, fields: dict[str, str], email: str, handle: str, field: str
) -> None:
    if not field:
        assert create_person(Profile(**fields), by=None, email=email, handle=handle).handle == "x"
        return
    with pytest.raises(ValidationError) as error:
        create_person(Profile(**fields), by=None, email=email, handle=handle)

    assert refused(error) == [field]


def test_person_at_every_limit_is_taken(db: None) -> None:
    profile = Profile(name="x" * 120, about="x" * 500, city="x" * 80)
    person = create_person(profile, by=None, email="x@example.com", handle="x" * 39)

    assert (len(person.name), len(person.about), len(person.handle)) == (120, 500, 39)


def test_imported_authors_need_no_mail(db: None) -> None:
    for name in ("First", "Second"):
        create_person(Profile(name=name), by=None, email=None, is_active=False)

    assert User.objects.filter(email=None).count() == 2


def test_free_handle_counts_on_past_present_and_former_ones(ada: User) -> None:
    change_handle(ada, "countess", by=ada)

    assert (free_handle("Ada"), free_handle("Countess"), free_handle("!")) == (
        "ada2",
        "countess2",
        "person",
    )


def test_profile_is_edited_by_the_person_and_those_who_manage_people(
    ada: User, admin: User, zed: User
) -> None:
    edit_profile(ada, Profile(name="Ada", city="Turin"), by=ada)
    edit_profile(ada, Profile(name="Ada", city="Lyon"), by=admin)

    with pytest.raises(PermissionDenied):
        edit_profile(ada, Profile(name="Eve"), by=zed)
    ada.refresh_from_db()
    assert (ada.name, ada.city, ada.headline) == ("Ada", "Lyon", "Lyon")


def test_new_name_is_told_with_all_handles(ada: User) -> None:
    change_handle(ada, "countess", by=ada)
    edit_profile(ada, Profile(name="Ada King"), by=ada)

    assert recorded(ada) == [PERSON_CREATED, PERSON_RENAMED, PERSON_RENAMED, PROFILE_EDITED]
    told = Event.objects.filter(name=PERSON_RENAMED).order_by("id").last()
    assert told is not None
    assert told.data == {"handles": ["countess", "ada"]}


def test_same_name_renames_nobody(ada: User) -> None:
    edit_profile(ada, Profile(name=" Ada ", city="Lyon"), by=ada)

    assert recorded(ada) == [PERSON_CREATED, PROFILE_EDITED]


def test_profile_that_stays_the_same_makes_no_version(ada: User) -> None:
    same = edit_profile(ada, Profile(name=" Ada "), by=ada, based_on=7)

    assert (same.profile_version, recorded(ada)) == (1, [PERSON_CREATED])


def test_edit_of_an_earlier_profile_changes_nothing(ada: User, admin: User) -> None:
    edit_profile(ada, Profile(name="Ada", city="Lyon"), by=admin, based_on=1)

    with pytest.raises(EditConflict) as conflict:
        edit_profile(ada, Profile(name="Ada", city="Turin"), by=ada, based_on=1)

    assert (conflict.value.current.city, conflict.value.current.profile_version) == ("Lyon", 2)
    assert User.objects.get(pk=ada.pk).city == "Lyon"


def test_former_handle_leads_to_the_person(ada: User, ben: User) -> None:
    change_handle(ada, "Countess", by=ada)

    assert get_person("ada", viewer=ben) == get_person("countess", viewer=ben) == ada


def test_handle_that_somebody_had_is_refused(ada: User, ben: User) -> None:
    change_handle(ada, "countess", by=ada)

    with pytest.raises(ValidationError) as error:
        change_handle(ben, "ada", by=ben)
    assert refused(error) == ["handle"]


def test_own_former_handle_can_be_taken_back(ada: User) -> None:
    change_handle(ada, "countess", by=ada)
    change_handle(ada, "ada", by=ada)

    ada.refresh_from_db()
    assert ada.handle == "ada"
    assert [row.handle for row in HandleRedirect.objects.all()] == ["countess"]


def test_handle_is_changed_by_nobody_else(ada: User, zed: User) -> None:
    with pytest.raises(PermissionDenied):
        change_handle(ada, "mine", by=zed)


def test_unit_knows_its_place_in_the_tree(db: None) -> None:
    company = create_org_unit(" The   firm ", by=None)
    team = create_org_unit("Team", by=None, parent=company)

    assert (company.name, company.depth, team.depth) == ("The firm", 0, 1)
    assert team.path == f"/{company.pk}/{team.pk}/"


@pytest.mark.parametrize("name", ["", " ", "x" * 121])
def test_unit_needs_a_name_within_its_limit(db: None, name: str) -> None:
    with pytest.raises(ValidationError) as error:
        create_org_unit(name, by=None)
    assert refused(error) == ["name"]


def test_unit_and_job_are_for_those_who_manage_people(ada: User, zed: User) -> None:
    unit = make_unit()
    with pytest.raises(PermissionDenied):
        create_org_unit("Other", by=zed)
    with pytest.raises(PermissionDenied):
        assign_job(ada, unit, by=zed, title="Boss", from_on=date(2026, 1, 1))
    assert not Job.objects.exists()


def test_new_job_ends_the_open_one_the_day_before(ada: User) -> None:
    unit = make_unit()
    make_job(ada, unit, title="Engineer", from_on=date(2025, 1, 1))
    make_job(ada, unit, title="Lead", from_on=date(2026, 3, 1))

    assert list(ada.jobs.order_by("from_on").values_list("title", "until_on")) == [
        ("Engineer", date(2026, 2, 28)),
        ("Lead", None),
    ]
    ada.refresh_from_db()
    assert ada.headline == "Lead"


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2024, 12, 31)])
def test_job_that_begins_no_later_than_another_is_refused(ada: User, day: date) -> None:
    unit = make_unit()
    make_job(ada, unit, from_on=date(2025, 1, 1))

    with pytest.raises(ValidationError) as error:
        make_job(ada, unit, from_on=day)
    assert refused(error) == ["from_on"]


@pytest.mark.parametrize("title", ["", "x" * 121])
def test_job_needs_a_title_within_its_limit(ada: User, title: str) -> None:
    with pytest.raises(ValidationError) as error:
        make_job(ada, make_unit(), title=title)
    assert refused(error) == ["title"]


def test_nobody_is_their_own_manager(ada: User) -> None:
    with pytest.raises(ValidationError) as error:
        make_job(ada, make_unit(), manager=ada)
    assert refused(error) == ["manager"]


def test_headline_of_long_title_and_city_fits(db: None) -> None:
    person = make_person("Ida", city="x" * 80)
    make_job(person, make_unit(), title="y" * 120)

    person.refresh_from_db()
    assert len(person.headline) == 200


def test_colleague_is_added_with_a_place_or_not_at_all(admin: User) -> None:
    unit = make_unit()
    person = add_colleague(
        Profile(name="Ida"), by=admin, email="ida@example.com", unit=unit, title="Engineer"
    )
    with pytest.raises(ValidationError):
        add_colleague(Profile(name="Eve"), by=admin, email="e@example.com", unit=unit, title="")

    assert person.jobs.get().org_unit == unit
    assert not User.objects.filter(name="Eve").exists()


def test_handle_for_a_name_of_another_script_is_a_handle(db: None) -> None:
    assert [make_person_named(name).handle for name in ("王小明", "Zoë Wu", "王小明")] == [
        "person",
        "zoe-wu",
        "person2",
    ]


def make_person_named(name: str) -> User:
    return create_person(Profile(name=name), by=None, email=None)


@pytest.mark.parametrize("handle", ["admin", "Root", "everyone", "me", "guildhall"])
def test_handle_kept_by_the_site_is_nobodys(ada: User, handle: str) -> None:
    with pytest.raises(ValidationError) as error:
        change_handle(ada, handle, by=ada)

    assert refused(error) == ["handle"]
    assert free_handle(handle.title()) == f"{handle.lower()}2"


def test_fourth_handle_in_thirty_days_is_refused(ada: User, admin: User) -> None:
    for handle in ("one", "two", "three"):
        change_handle(ada, handle, by=ada)

    with pytest.raises(ValidationError, match="three times"):
        change_handle(ada, "four", by=ada)
    assert change_handle(ada, "five", by=admin).handle == "five"
    HandleRedirect.objects.filter(handle__in=["ada", "three"]).update(
        since=timezone.now() - HANDLES_SPAN - timedelta(minutes=1)
    )
    assert change_handle(ada, "four", by=ada).handle == "four"


def test_names_keep_nothing_unseen(ada: User) -> None:
    unit = create_org_unit("Te\u200bam\u202e", by=None)
    job = assign_job(ada, unit, by=None, title="Chief\x1b\u2066", from_on=date(2025, 1, 1))
    person = edit_profile(ada, Profile(name="\u202eAda\u202c", city="Tu\u200brin"), by=ada)

    assert (unit.name, job.title, person.name) == ("Team", "Chief", "Ada")
    assert person.headline == "Chief, Turin"


def test_name_that_nobody_sees_is_none(ada: User) -> None:
    with pytest.raises(ValidationError) as error:
        edit_profile(ada, Profile(name="\u200b\u3164"), by=ada)

    assert refused(error) == ["name"]
