import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Space
from config.shell import navigation, shell
from tests.factories.community import make_space

MAIN = ["Today", "Questions", "Discussions", "People", "Spaces", "Tags"]


def texts(person: User, path: str = "/") -> list[list[str]]:
    return [
        [str(item["text"]) for item in section["items"]] for section in navigation(person, path)
    ]


def current(person: User, path: str) -> list[str]:
    items = [item for section in navigation(person, path) for item in section["items"]]
    return [str(item["text"]) for item in items if item["current"]]


def context(person: User | AnonymousUser, path: str = "/") -> dict[str, object]:
    request = RequestFactory().get(path)
    request.user = person
    return shell(request)


def test_duties_show_to_those_who_hold_the_capability(ada: User, ben: User, admin: User) -> None:
    grant_capability(ben, Capability.OPERATIONS, by=None)

    assert texts(ada) == [MAIN, []]
    assert texts(ben) == [MAIN, ["Background work"]]
    assert texts(admin) == [MAIN, ["People and rights", "Background work"]]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/", ["Today"]),
        ("/people", ["People"]),
        ("/spaces/new", ["Spaces"]),
        ("/spacesuit", []),
        ("/t/abc/title", []),
        ("/admin", ["People and rights"]),
        ("/admin/work", ["Background work"]),
        ("/admin/people", ["People and rights"]),
    ],
)
def test_current_entry_is_the_closest_one(admin: User, path: str, text: list[str]) -> None:
    assert current(admin, path) == text


def test_my_spaces_are_mine_by_name(space: Space, closed: Space, secret: Space, ada: User) -> None:
    rows = context(ada, "/s/cellar/members")["my_spaces"]

    assert rows == [
        {"name": "Backroom", "url": "/s/backroom", "hue": 1, "unread": 0, "current": False},
        {"name": "Cellar", "url": "/s/cellar", "hue": 1, "unread": 0, "current": True},
    ]


def test_spaces_of_others_stay_out_of_the_strangers_shell(
    client: Client, closed: Space, secret: Space, zed: User
) -> None:
    client.force_login(zed)

    page = client.get("/people").content.decode()

    assert ("Backroom" in page, "Cellar" in page) == (False, False)


def test_anonymous_pages_have_no_furniture(db: None) -> None:
    assert context(AnonymousUser()) == {"site_name": "Guildhall", "me": None}


def test_context_costs_nothing_where_nothing_of_it_shows(
    ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        context(ada)


@pytest.mark.parametrize("count", [1, 3])
def test_whole_shell_costs_two_queries(
    ada: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_space(f"Space {number}", owner=ada)
    ada = User.objects.get(pk=ada.pk)

    with django_assert_num_queries(2):
        found = context(ada)
        assert len(found["my_spaces"]) == count  # type: ignore[arg-type]  # a lazy list
        assert len(found["navigation"]) == 2  # type: ignore[arg-type]  # a lazy list
