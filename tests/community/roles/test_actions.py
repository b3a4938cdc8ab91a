from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from community.accounts.models import User
from community.accounts.placing import assign_job
from community.events import CAPABILITY_GRANTED, CAPABILITY_WITHDRAWN
from community.outbox.models import Event
from community.roles.actions import (
    grant_capability,
    grant_capability_to_unit,
    make_admin,
    make_first_admin,
    withdraw_capability,
)
from community.roles.models import Capability, Grant
from community.roles.queries import held_capabilities, site_is_new
from tests.factories.community import make_admin as make_root
from tests.factories.community import make_job, make_unit

LONG = "a bridge over cold water"


def test_capability_is_granted_once_and_told(ada: User, admin: User) -> None:
    first = grant_capability(ada, Capability.TAGS, by=admin)
    again = grant_capability(ada, Capability.TAGS, by=admin)

    assert first == again
    told = Event.objects.filter(name=CAPABILITY_GRANTED, subject_id=ada.pk)
    assert [event.data for event in told] == [{"capability": "community.tags"}]
    assert held_capabilities(ada) == {"community.tags"}


def test_capabilities_are_granted_and_taken_back_only_with_the_right_to(
    ada: User, zed: User
) -> None:
    unit = make_unit()
    grant_capability(zed, Capability.PEOPLE, by=None)
    held = grant_capability(ada, Capability.TAGS, by=None)

    for attempt in (
        lambda: grant_capability(zed, Capability.ROLES, by=zed),
        lambda: grant_capability_to_unit(unit, Capability.ROLES, by=zed),
        lambda: withdraw_capability(held, by=zed),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert Grant.objects.count() == 2


def test_capability_of_a_unit_is_held_by_those_in_it_and_below_however_deep(
    admin: User, ada: User, ben: User, zed: User
) -> None:
    unit = top = make_unit("Firm")
    for number in range(5):
        unit = make_unit(f"Unit {number}", parent=unit)
    make_job(ada, top)
    make_job(ben, unit)
    make_job(zed, make_unit("Other firm"))

    grant_capability_to_unit(top, Capability.TAGS, by=admin)

    assert [held_capabilities(person) for person in (ada, ben, zed)] == [
        {"community.tags"},
        {"community.tags"},
        frozenset(),
    ]


def test_capability_of_a_unit_ends_with_the_job_in_it(admin: User, ada: User) -> None:
    from datetime import date

    unit = make_unit()
    grant_capability_to_unit(unit, Capability.TAGS, by=admin)
    make_job(ada, unit, from_on=date(2024, 1, 1))
    assign_job(ada, make_unit("Next"), by=None, title="Engineer", from_on=date(2025, 1, 1))

    assert held_capabilities(ada) == frozenset()


def test_unit_does_not_lend_its_capability_to_one_with_a_similar_path(
    admin: User, ada: User
) -> None:
    """Path "/1/" is not the beginning of "/12/", but would be of it without the last slash."""
    from community.accounts.models import OrgUnit

    short, long = make_unit("Short"), make_unit("Long")
    OrgUnit.objects.filter(pk=short.pk).update(path="/7/")
    OrgUnit.objects.filter(pk=long.pk).update(path="/77/")
    make_job(ada, long)

    grant_capability_to_unit(short, Capability.TAGS, by=admin)

    assert held_capabilities(ada) == frozenset()


def test_inactive_people_hold_nothing(admin: User) -> None:
    admin.is_active = False

    assert not admin.has_perm(Capability.ROLES)


def test_grant_is_taken_back_and_told(ada: User, admin: User) -> None:
    held = grant_capability(ada, Capability.TAGS, by=admin)

    withdraw_capability(held, by=admin)

    assert held_capabilities(ada) == frozenset()
    told = Event.objects.get(name=CAPABILITY_WITHDRAWN)
    assert (told.subject_id, told.data) == (ada.pk, {"capability": "community.tags"})


def test_last_admin_stays(admin: User) -> None:
    only = Grant.objects.get(person=admin, capability=Capability.ROLES)

    with pytest.raises(ValidationError):
        withdraw_capability(only, by=admin)
    assert Grant.objects.filter(pk=only.pk).exists()


def test_last_admin_may_go_once_there_is_another_active_one(admin: User) -> None:
    second = make_root("Second")
    User.objects.filter(pk=second.pk).update(is_active=False)
    only = Grant.objects.get(person=admin, capability=Capability.ROLES)
    with pytest.raises(ValidationError):
        withdraw_capability(only, by=admin)

    User.objects.filter(pk=second.pk).update(is_active=True)
    withdraw_capability(only, by=admin)

    assert Capability.ROLES not in held_capabilities(admin)


@pytest.mark.parametrize("capability", [Capability.PEOPLE, Capability.ROLES])
def test_what_leads_to_every_right_is_not_given_to_units(
    admin: User, ada: User, capability: Capability
) -> None:
    unit = make_unit()
    make_job(ada, unit)

    with pytest.raises(ValidationError) as error:
        grant_capability_to_unit(unit, capability, by=admin)
    Grant.objects.create(org_unit=unit, capability=capability)

    assert error.value.message_dict == {
        "capability": ["This right is given to people, not to units."]
    }
    assert held_capabilities(ada) == frozenset()


def test_grant_of_a_unit_does_not_replace_the_last_admin(admin: User) -> None:
    Grant.objects.create(org_unit=make_unit(), capability=Capability.ROLES)
    only = Grant.objects.get(person=admin, capability=Capability.ROLES)

    with pytest.raises(ValidationError):
        withdraw_capability(only, by=admin)


def test_grant_is_taken_back_once_and_its_object_keeps_the_id(admin: User, ada: User) -> None:
    held = grant_capability(ada, Capability.TAGS, by=admin)
    withdraw_capability(held, by=admin)

    with pytest.raises(Grant.DoesNotExist):
        withdraw_capability(held, by=admin)
    assert Event.objects.filter(name=CAPABILITY_WITHDRAWN).count() == 1
    assert held.pk is not None


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_take_the_right_from_each_other_leave_one(transactional_db: None) -> None:
    one, two = make_root("One"), make_root("Two")
    grants = list(Grant.objects.filter(capability=Capability.ROLES).order_by("person_id"))

    def take(by: User, grant: Grant) -> bool:
        try:
            withdraw_capability(grant, by=by)
        except (PermissionDenied, ValidationError):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=2) as pool:
        taken = list(pool.map(take, [one, two], [grants[1], grants[0]]))

    assert (sorted(taken), Grant.objects.filter(capability=Capability.ROLES).count()) == (
        [False, True],
        1,
    )


def test_first_admin_holds_every_capability(db: None) -> None:
    assert site_is_new()

    admin = make_first_admin("Ida", email="ida@example.com", password=LONG)

    assert held_capabilities(admin) == set(Capability.values)
    assert admin.check_password(LONG)
    assert not site_is_new()


@pytest.mark.django_db(transaction=True)
def test_of_two_first_admins_at_once_one_is_made() -> None:
    def make(name: str) -> bool:
        try:
            make_first_admin(name, email=f"{name}@example.com", password=LONG)
        except PermissionDenied:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=2) as pool:
        made = list(pool.map(make, ["ida", "eve"]))

    assert sorted(made) == [False, True]


def test_second_first_admin_is_refused(admin: User) -> None:
    with pytest.raises(PermissionDenied):
        make_first_admin("Eve", email="eve@example.com", password=LONG)
    assert not User.objects.filter(name="Eve").exists()


@pytest.mark.parametrize("password", ["fourteen chars", "x" * 257, "eve@example.com!"])
def test_admin_with_a_bad_password_is_refused_at_the_field(db: None, password: str) -> None:
    with pytest.raises(ValidationError) as error:
        make_admin("Eve", email="eve@example.com", password=password)

    assert sorted(error.value.message_dict) == ["password"]
    assert not User.objects.exists()


def test_admins_read_no_closed_or_secret_space_by_their_role(
    admin: User, closed: object, secret: object
) -> None:
    from community.spaces.models import Space

    assert list(Space.objects.visible_to(admin)) == []
