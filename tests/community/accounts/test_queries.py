from collections.abc import Callable, Sequence

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.access import get_unit
from community.accounts.actions import Profile, create_person
from community.accounts.models import OrgUnit, User
from community.accounts.queries import (
    current_job,
    find_people,
    people_by_id,
    reports_of,
    suggest_people,
    team_of,
    unit_choices,
    units_in_order,
)
from tests.factories.community import make_job, make_person, make_unit
from tests.factories.tokens import Program


def names(people: object) -> list[str]:
    return [person.name for person in people]  # type: ignore[attr-defined]  # any iterable of people


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["Ada King", "Ben Adair", "Zed"]),
        ("ada", ["Ada King", "Ben Adair"]),
        ("king AD", ["Ada King"]),
        ("ben-a", ["Ben Adair"]),
        ("turin", ["Ada King"]),
        ("%", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_name_handle_and_headline(
    zed: User, search: str, found: list[str]
) -> None:
    ada = make_person("Ada King", city="Turin")
    make_job(ada, make_unit(), title="Engineer")
    make_person("Ben Adair")
    gone = make_person("Ada Gone")
    User.objects.filter(pk=gone.pk).update(is_active=False)

    assert names(find_people(zed, search=search).order_by("name")) == found


def test_who_left_is_found_by_those_who_manage_people(
    client: Client, admin: User, ada: User, ben: User
) -> None:
    create_person(Profile("From an import"), by=None, email=None, is_active=False)
    User.objects.filter(pk=ben.pk).update(is_active=False)
    assert names(find_people(admin, left=True)) == ["Ben"]
    client.force_login(admin)
    assert 'href="/people?show=left"' in client.get("/people").content.decode()
    shown = client.get("/people?show=left").content.decode()
    assert ('href="/admin/people/ben"' in shown, "/admin/people/ada" in shown) == (True, False)
    assert "Nobody fits" in client.get("/people?show=left&q=ada").content.decode()
    listed = Program(admin).get("/people?show=left").json()["results"]
    assert [one["handle"] for one in listed] == ["ben"]
    client.force_login(ada)
    assert "show=left" not in client.get("/people").content.decode()
    assert client.get("/people?show=left").status_code == 403
    assert Program(ada).get("/people?show=left").status_code == 403


def test_people_of_a_unit_include_those_below_it(ada: User, ben: User, zed: User) -> None:
    firm = make_unit("Firm")
    team = make_unit("Team", parent=firm)
    make_job(ada, firm)
    make_job(ben, team)

    assert names(find_people(zed, unit=firm).order_by("name")) == ["Ada", "Ben"]
    assert names(find_people(zed, unit=team)) == ["Ben"]


def test_suggestions_begin_with_the_handle_then_hold_the_name(db: None) -> None:
    viewer = make_person("Viewer")
    make_person("Zoe Adams", handle="zoe")
    make_person("Zacharias", handle="ada")
    make_person("Ben", handle="adb")

    assert names(suggest_people("@AD", viewer=viewer)) == ["Ben", "Zacharias", "Zoe Adams"]
    assert names(suggest_people("ad", viewer=viewer, limit=1)) == ["Ben"]
    assert suggest_people(" ", viewer=viewer) == []


def test_manager_and_reports_stand_in_todays_jobs(ada: User, ben: User, zed: User) -> None:
    unit = make_unit("Team")
    make_job(ben, unit, manager=ada)

    job = current_job(ben, viewer=zed)
    assert job is not None
    assert (job.org_unit, job.manager) == (unit, ada)
    assert names(reports_of(ada, viewer=zed)) == ["Ben"]
    assert (current_job(zed, viewer=zed), names(reports_of(ben, viewer=zed))) == (None, [])


def test_team_is_the_unit_without_the_person(ada: User, ben: User, zed: User) -> None:
    unit = make_unit("Team")
    for person in (ada, ben):
        make_job(person, unit)
    make_job(zed, make_unit("Other"))

    assert (names(team_of(ada, viewer=ada)), names(team_of(zed, viewer=zed))) == (["Ben"], [])


@pytest.mark.parametrize("count", [1, 3])
def test_people_by_id_asks_once(
    db: None, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [make_person() for _ in range(count)]

    with django_assert_num_queries(1):
        found = people_by_id((person.pk for person in people), viewer=people[0])
    assert found == {person.pk: person for person in people}


def test_somebody_without_an_account_reads_nobody(ada: User, ben: User, zed: User) -> None:
    unit = make_unit("Team")
    make_job(ada, unit)
    make_job(ben, unit, manager=ada)
    read: list[Callable[[], Sequence[object]]] = [
        lambda: list(people_by_id([ada.pk], viewer=zed)),
        lambda: names(team_of(ada, viewer=zed)),
        lambda: names(reports_of(ada, viewer=zed)),
    ]
    before = [list(found()) for found in read]

    zed.is_active = False

    assert before == [[ada.pk], ["Ben"], ["Ben"]]
    assert [list(found()) for found in read] == [[], [], []]
    with pytest.raises(OrgUnit.DoesNotExist):
        get_unit(unit.public_id, viewer=zed)


def test_units_read_as_a_tree_in_one_query(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    firm = make_unit("Firm")
    make_unit("Sales", parent=firm)
    care = make_unit("Care", parent=firm)
    make_unit("North", parent=care)

    with django_assert_num_queries(1):
        units = units_in_order()
    assert [name for _, name in unit_choices(units)] == [
        "Firm",
        "\u2003Care",
        "\u2003\u2003North",
        "\u2003Sales",
    ]
