from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.membership import invite_to_space
from community.spaces.models import Space
from config.today.greeting import greeting
from discussions.tags.models import Tag, TagPreference
from tests.factories.community import add_member, make_job, make_person, make_space, make_unit
from tests.factories.discussions import make_answer, make_topic

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (4, "Good evening, Ada"),
        (5, "Good morning, Ada"),
        (11, "Good morning, Ada"),
        (12, "Good afternoon, Ada"),
        (17, "Good afternoon, Ada"),
        (18, "Good evening, Ada"),
    ],
)
def test_greeting_follows_the_hour(hour: int, words: str) -> None:
    assert greeting(User(name="Ada King"), datetime(2026, 11, 24, hour, tzinfo=UTC)) == words


def test_anonymous_people_are_sent_to_sign_in(client: Client, ada: User) -> None:
    assert client.get("/")["Location"] == "/account/login/?next=/"


def test_newcomer_sees_a_page_without_anything(client: Client, zed: User) -> None:
    client.force_login(zed)

    answer = client.get("/")

    assert answer.status_code == 200
    assert "Zed" in answer.content.decode()


def test_stranger_sees_nothing_of_closed_and_secret_spaces(
    client: Client, closed: Space, secret: Space, ada: User, mia: User, zed: User
) -> None:
    make_topic(closed, by=mia, title="Canaryclosed is here", tags=["canarytag"])
    make_topic(secret, by=mia, title="Canarysecret is here", tags=["canarytag"])
    assert not zed.memberships.exists()

    client.force_login(ada)
    inside = client.get("/").content.decode()
    client.force_login(zed)
    outside = client.get("/").content.decode().lower()

    assert ("Canaryclosed" in inside, "Canarysecret" in inside) == (True, True)
    assert ("canary" in outside, "cellar" in outside, "backroom" in outside) == (False,) * 3


def test_figures_of_the_week_are_of_my_spaces(
    client: Client, space: Space, mia: User, ada: User, zed: User
) -> None:
    mine = make_space("Mine", owner=zed)
    make_answer(make_topic(mine, by=ada), by=mia)
    make_topic(mine, by=ada)
    make_topic(space, by=ada)
    client.force_login(zed)

    panel = (
        client.get("/").content.decode().split("Your spaces this week")[1].split("</section>")[0]
    )

    assert "<b>2</b><span>questions asked" in panel
    assert "<b>1</b><span>with an answer" in panel


def test_colleagues_of_the_unit_and_invitations_are_named(
    client: Client, secret: Space, mia: User, zed: User
) -> None:
    unit = make_unit()
    make_job(zed, unit)
    make_job(make_person("Tom"), unit)
    invite_to_space(secret, zed, by=mia)
    client.force_login(zed)

    page = client.get("/").content.decode()

    assert ("Tom" in page, "Cellar" in page) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_fifteen_queries(
    client: Client,
    space: Space,
    mia: User,
    zed: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    unit = make_unit()
    make_job(zed, unit)
    add_member(space, zed, actor=zed)
    for number in range(count):
        make_job(make_person(), unit)
        make_topic(space, by=mia)
        invite_to_space(make_space(f"Kept {number}", owner=mia), zed, by=mia)
    TagPreference.objects.create(person=zed, tag=Tag.objects.get(name="vpn"), level="follow")
    client.force_login(zed)

    with django_assert_num_queries(15):
        client.get("/")
