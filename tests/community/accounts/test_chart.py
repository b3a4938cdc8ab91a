"""The organisation as a tree of today."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts import chart
from community.accounts.chart import org_chart
from community.accounts.models import User
from tests.factories.community import make_job, make_person, make_unit


def test_units_hold_their_people_and_those_below(ada: User, ben: User, zed: User) -> None:
    firm = make_unit("Firm")
    sales = make_unit("Sales", parent=firm)
    make_job(ada, firm)
    make_job(ben, sales, manager=ada)
    make_job(zed, sales, manager=ben)

    (top,) = org_chart(ada).tops
    (lower,) = top.below
    assert (top.unit, top.count, top.members) == (firm, 3, [ada])
    assert (lower.unit, lower.heads, lower.members, lower.count) == (sales, [ben], [zed], 2)


def test_who_left_or_comes_later_is_not_in_it(ada: User, ben: User, zed: User) -> None:
    firm = make_unit("Firm")
    make_job(ben, firm)
    make_job(zed, firm, from_on=timezone.now().date() + timedelta(days=2))
    User.objects.filter(pk=ben.pk).update(is_active=False)

    assert [(branch.count, branch.members) for branch in org_chart(ada).tops] == [(0, [])]


def test_large_units_lead_to_the_list(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "SHOWN_PER_UNIT", 3)
    firm = make_unit("Firm")
    for number in range(5):
        make_job(make_person(f"P {number}"), firm, from_on=date(2025, 1, 1))

    (top,) = org_chart(ada).tops
    assert (len(top.members), top.left_out, top.count) == (3, 2, 5)


def test_unit_with_more_heads_than_it_names_counts_the_others(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart, "SHOWN_PER_UNIT", 2)
    firm = make_unit("Firm")
    for number in range(4):
        head = make_person(f"Head {number}")
        make_job(head, firm, from_on=date(2025, 1, 1))
        make_job(make_person(f"Works {number}"), firm, from_on=date(2025, 1, 1), manager=head)

    (top,) = org_chart(ada).tops
    assert (len(top.heads), top.members, top.left_out, top.count) == (2, [], 6, 8)


def test_page_costs_the_same_with_more_units(
    client: Client, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(ada)
    assert "No unit yet" in client.get("/people/chart").content.decode()
    assert 'href="/people/chart"' in client.get("/people").content.decode()
    for number in (1, 6):
        for part in range(number):
            make_job(make_person(), make_unit(f"Unit {number} {part}"))
        client.get("/people/chart")
        with django_assert_num_queries(7):
            client.get("/people/chart")
    assert client.get("/people/chart").content.decode().count('class="branch"') == 7


def test_units_beyond_the_limit_count_and_stand_in_the_list(
    client: Client, ada: User, gil: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart, "SHOWN_UNITS", 2)
    firm = make_unit("Firm")
    lower = make_unit("Arts", parent=firm)
    make_job(ada, make_unit("Zoo", parent=firm))
    make_job(make_person(), lower)

    found = org_chart(ada)
    (top,) = found.tops
    assert ([branch.unit for branch in top.below], top.count) == ([lower], 2)
    assert (found.shown, found.units) == (2, 3)

    client.force_login(ada)
    page = client.get("/people/chart").content.decode()
    assert "The first 2 of 3 units." in page
    assert 'href="/people/units"' in page
    assert [unit.name for unit in client.get("/people/units").context["page"].rows] == [
        "Arts",
        "Firm",
        "Zoo",
    ]
    client.force_login(gil)
    assert client.get("/people/units").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_units_costs_the_same_with_more_of_them(
    client: Client, ada: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_unit(parent=make_unit("Firm"))
    client.force_login(ada)
    with django_assert_num_queries(6):
        assert client.get("/people/units").content.decode().count("data-row") == 2 * count


def test_units_stand_on_pages_of_25(client: Client, ada: User, admin: User) -> None:
    for number in range(26):
        make_unit(f"Unit {number:02}")
    client.force_login(ada)
    first = client.get("/people/units").context["page"]
    rest = client.get("/people/units", {"after": first.older}).context["page"]
    assert ([unit.name for unit in rest.rows], len(first.rows)) == (["Unit 25"], 25)
    client.force_login(admin)
    page = client.get("/admin").content.decode()
    assert "The first 25 of 26 units." in page
    assert page.count('href="/people?unit=') == 25
