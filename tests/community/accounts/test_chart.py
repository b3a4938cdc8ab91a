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

    (top,) = org_chart(ada)
    (lower,) = top.below
    assert (top.unit, top.count, top.members) == (firm, 3, [ada])
    assert (lower.unit, lower.heads, lower.members, lower.count) == (sales, [ben], [zed], 2)


def test_who_left_or_comes_later_is_not_in_it(ada: User, ben: User, zed: User) -> None:
    firm = make_unit("Firm")
    make_job(ben, firm)
    make_job(zed, firm, from_on=timezone.now().date() + timedelta(days=2))
    User.objects.filter(pk=ben.pk).update(is_active=False)

    assert [(branch.count, branch.members) for branch in org_chart(ada)] == [(0, [])]


def test_large_units_lead_to_the_list(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "SHOWN_PER_UNIT", 3)
    firm = make_unit("Firm")
    for number in range(5):
        make_job(make_person(f"P {number}"), firm, from_on=date(2025, 1, 1))

    (top,) = org_chart(ada)
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

    (top,) = org_chart(ada)
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
