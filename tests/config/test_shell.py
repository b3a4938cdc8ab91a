import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Space
from config.shell import SpaceLink, my_spaces, navigation, shell
from tests.factories.community import make_space
from tests.factories.discussions import make_topic

MAIN = ["Today", "Questions", "Discussions", "People", "Library", "Spaces", "Tags", "Saved"]


def texts(person: User, path: str = "/") -> list[list[str]]:
    return [[item.text for item in section.items] for section in navigation(person, path)]


def current(person: User, path: str) -> list[str]:
    items = [item for section in navigation(person, path) for item in section.items]
    return [item.text for item in items if item.current]


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
    assert my_spaces(ada, "/s/cellar/members") == (
        SpaceLink("Backroom", "/s/backroom", hue=1, current=False),
        SpaceLink("Cellar", "/s/cellar", hue=1, current=True),
    )


def test_my_spaces_count_what_is_unread(closed: Space, ada: User, ben: User) -> None:
    make_topic(closed, by=ben)
    assert [row.unread for row in my_spaces(ada, "/")] == [1]


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
        shown = str(context(ada)["furniture"])
    assert shown.count('<span class="grow">Space ') == count * 2


def test_kept_shell_follows_what_it_shows(client: Client, closed: Space, ada: User) -> None:
    client.force_login(ada)
    pages = [client.get("/people").content.decode()]
    User.objects.filter(pk=ada.pk).update(name="Adeline")
    Space.objects.filter(pk=closed.pk).update(name="Attic")
    grant_capability(ada, Capability.OPERATIONS, by=None)
    pages.append(client.get("/people").content.decode())
    seen = [[word in page for word in ("Adeline", "Attic", "Background work")] for page in pages]
    assert seen == [[False] * 3, [True] * 3]
