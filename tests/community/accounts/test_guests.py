"""Whom a guest knows of: those who share a space with them, and nothing of the company."""

from datetime import timedelta

import pytest
from django.test import Client

from community.accounts.access import get_person, get_unit
from community.accounts.actions import change_handle
from community.accounts.models import OrgUnit, User
from community.accounts.queries import current_job, find_people, org_units, reports_of
from community.accounts.references import people
from community.accounts.times import today
from community.audiences.actions import Members, create_audience, set_default_space
from community.audiences.handlers import join_default_spaces
from community.audiences.queries import members_of
from community.outbox.models import Event
from community.profiles.actions import Details, edit_details
from community.profiles.queries import shown_details
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Space
from tests.factories.community import add_member, make_guest, make_job, make_space, make_unit


def test_guest_sees_who_shares_a_space(
    space: Space, closed: Space, gil: User, mia: User, ada: User, zed: User
) -> None:
    assert set(User.objects.visible_to(zed)) >= {gil, mia, ada, zed}
    assert set(User.objects.visible_to(gil)) == {gil, mia}
    add_member(space, ada, actor=mia)
    assert set(User.objects.visible_to(gil)) == {gil, mia, ada}
    assert set(find_people(gil)) == {gil, mia, ada}
    with pytest.raises(User.DoesNotExist):
        get_person("zed", viewer=gil)


def test_guest_without_a_space_sees_themselves(zed: User) -> None:
    nora = make_guest("Nora")
    assert list(User.objects.visible_to(nora)) == [nora]


def test_guest_learns_nothing_of_units_jobs_and_who_reports_to_whom(
    client: Client, space: Space, mia: User, ada: User, gil: User, zed: User
) -> None:
    unit = make_unit("Firm")
    make_job(mia, unit)
    make_job(ada, unit, manager=mia)
    add_member(space, ada, actor=mia)
    assert get_unit(unit.public_id, viewer=zed) == unit
    assert list(org_units(zed)) == [unit]

    with pytest.raises(OrgUnit.DoesNotExist):
        get_unit(unit.public_id, viewer=gil)
    assert list(org_units(gil)) == []
    assert (current_job(mia, viewer=gil), list(reports_of(mia, viewer=gil))) == (None, [])
    client.force_login(gil)
    assert client.get("/people/chart").status_code == 404
    for address in ("/people", "/p/mia", "/p/ada", "/p/ada/card"):
        page = client.get(address)
        assert page.status_code == 200
        assert b"Firm" not in page.content
        assert b"/people/chart" not in page.content


def test_guest_is_not_told_of_a_stand_in_they_do_not_know(
    space: Space, mia: User, zed: User, ada: User, gil: User
) -> None:
    edit_details(mia, Details(away_until=today() + timedelta(days=3), stand_in=zed), by=mia)
    assert shown_details(mia, viewer=ada).stand_in == zed
    assert shown_details(mia, viewer=gil).stand_in is None
    add_member(space, zed, actor=mia)
    assert shown_details(mia, viewer=gil).stand_in == zed


def test_guest_is_named_only_in_texts_of_their_spaces(
    space: Space, closed: Space, gil: User, zed: User
) -> None:
    assert set(people({"gil", "zed"}, space.pk)) == {"gil", "zed"}
    assert set(people({"gil", "zed"}, closed.pk)) == {"zed"}
    assert set(people({"gil", "zed"}, None)) == {"zed"}

    change_handle(gil, "gilbert", by=gil)
    assert people({"gil"}, space.pk)["gil"].text == "@gilbert"
    assert people({"gil"}, closed.pk) == {}


def test_lists_by_unit_leave_guests_out(admin: User, mia: User, zed: User, gil: User) -> None:
    unit = make_unit("Firm")
    make_job(zed, unit)
    make_job(gil, unit)
    by_unit = create_audience(Members("All", units=[unit]), by=admin)
    by_name = create_audience(Members("Named", people=[gil]), by=admin)
    assert (list(members_of(by_unit)), list(members_of(by_name))) == ([zed], [gil])


@pytest.mark.parametrize(("is_guest", "joined"), [(False, ["Workshop"]), (True, [])])
def test_guest_joins_no_default_space(
    space: Space, mia: User, zed: User, *, is_guest: bool, joined: list[str]
) -> None:
    grant_capability(mia, Capability.PEOPLE, by=None)
    unit = make_unit("Firm")
    set_default_space(unit, space, by=mia)
    make_job(zed, unit)
    User.objects.filter(pk=zed.pk).update(is_guest=is_guest)
    join_default_spaces(Event.objects.get(name="person.created", subject=zed))
    assert list(zed.memberships.values_list("space__name", flat=True)) == joined


def test_preview_of_a_guest_resolves_nothing(client: Client, gil: User, zed: User) -> None:
    make_space("Elsewhere", owner=zed)
    answers = []
    for person in (zed, gil):
        client.force_login(person)
        answers.append(client.post("/preview", {"text": "@zed"}).content)
    assert (b'href="/p/zed"' in answers[0], b"href" in answers[1]) == (True, False)
