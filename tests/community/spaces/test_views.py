import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.membership import invite_to_space
from community.spaces.models import Membership, Role, Space, Visibility
from tests.factories.community import make_person, make_space

pytestmark = pytest.mark.slow

SETTINGS = {
    "name": "Field sales",
    "description": "First calls.",
    "rules": "Be brief.",
    "hue": "3",
    "icon": "handshake",
    "allows_down_votes": "on",
    "version": "1",
}


def titles(page: str) -> list[str]:
    return [part.split(">", 1)[1].split("<")[0] for part in page.split('class="title"')[1:]]


@pytest.fixture
def canary(mia: User) -> Space:
    """A closed space whose inner words must reach nobody else; its name and description may."""
    return make_space(
        "Works council",
        owner=mia,
        members=(make_person("Canarymember"),),
        visibility=Visibility.CLOSED,
        description="Where the elected prepare.",
        rules="The canaryrule holds.",
    )


def test_directory_shows_what_the_stranger_may_know(
    client: Client, space: Space, closed: Space, secret: Space, zed: User
) -> None:
    assert not zed.memberships.exists()
    client.force_login(zed)

    page = client.get("/spaces").content.decode()

    assert titles(page) == ["Backroom", "Workshop"]
    assert "Cellar" not in page
    assert "3 members" not in page


def test_directory_has_parts_and_a_search(
    client: Client, space: Space, closed: Space, secret: Space, ada: User
) -> None:
    client.force_login(ada)

    def shown(query: str) -> list[str]:
        return titles(client.get(f"/spaces?{query}").content.decode())

    assert shown("") == ["Backroom", "Cellar", "Workshop"]
    assert shown("show=mine") == ["Backroom", "Cellar"]
    assert shown("show=open") == ["Workshop"]
    assert shown("show=closed") == ["Backroom"]
    assert shown("show=nonsense&q=ROOM") == ["Backroom"]
    assert shown("q=nothing") == []


def test_directory_goes_on_after_25_spaces(client: Client, mia: User, zed: User) -> None:
    for number in range(26):
        make_space(f"Space {number:02}", owner=mia)
    client.force_login(zed)

    first = client.get("/spaces")
    second = client.get("/spaces", {"after": first.context["page"].older})

    assert (len(titles(first.content.decode())), titles(second.content.decode())) == (
        25,
        ["Space 25"],
    )


@pytest.mark.parametrize("count", [1, 3])
def test_directory_costs_nine_queries(
    client: Client,
    zed: User,
    mia: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        place = make_space(f"Open {number}", owner=mia, members=(zed,))
        invite_to_space(make_space(f"Kept {number}", owner=mia), zed, by=mia)
        assert place.member_count == 2
    client.force_login(zed)

    with django_assert_num_queries(9):
        client.get("/spaces")


def test_more_invitations_than_five_stand_on_pages_of_their_own(
    client: Client, mia: User, zed: User
) -> None:
    client.force_login(zed)
    assert "No space keeps a place" in client.get("/spaces/invitations").content.decode()
    for number in range(26):
        invite_to_space(make_space(f"Kept {number:02}", owner=mia), zed, by=mia)
        if number in {4, 5}:
            for page in ("/spaces", "/"):
                shown = client.get(page).content.decode()
                assert shown.count('/about"') == 5
                assert ('href="/spaces/invitations"' in shown) == (number == 5)

    first = client.get("/spaces/invitations").context["page"]
    rest = client.get("/spaces/invitations", {"after": first.older}).context["page"]

    assert (len(first.rows), [row.space.name for row in rest.rows]) == (25, ["Kept 00"])


def test_directory_names_spaces_that_keep_a_place(
    client: Client, secret: Space, mia: User, zed: User
) -> None:
    invite_to_space(secret, zed, by=mia)
    client.force_login(zed)

    page = client.get("/spaces").content.decode()

    assert ("Cellar" in page, "Mia keeps a place for you" in page) == (True, True)


@pytest.mark.parametrize("visibility", Visibility.values)
def test_space_is_opened(client: Client, ada: User, visibility: str) -> None:
    client.force_login(ada)

    answer = client.post("/spaces/new", SETTINGS | {"visibility": visibility, "key": "k"})

    space = Space.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, space.url)
    assert (space.visibility, space.hue, space.icon) == (visibility, 3, "handshake")
    assert (space.allows_down_votes, space.allows_several_solutions) == (True, False)
    assert space.memberships.get().person == ada


def test_space_that_is_sent_twice_is_opened_once(client: Client, ada: User) -> None:
    client.force_login(ada)
    sent = SETTINGS | {"visibility": "open", "key": "k"}

    places = {client.post("/spaces/new", sent)["Location"] for _ in range(2)}

    assert (places, Space.objects.count()) == ({"/s/field-sales"}, 1)


def test_each_fresh_form_has_a_key_of_its_own(client: Client, ada: User) -> None:
    client.force_login(ada)

    keys = {client.get("/spaces/new").context["form"]["key"].value() for _ in range(2)}

    assert len(keys) == 2


def test_bad_space_is_shown_again_with_everything_typed(client: Client, ada: User) -> None:
    client.force_login(ada)

    answer = client.post("/spaces/new", SETTINGS | {"name": " ", "key": "k"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["name", "visibility"]
    assert ("First calls." in page, "Be brief." in page, 'value="k"' in page) == (True, True, True)


def test_former_slug_redirects_every_page_to_the_present_one(
    client: Client, space: Space, mia: User
) -> None:
    client.force_login(mia)
    client.post("/s/workshop/settings", SETTINGS)

    answer = client.get("/s/workshop/members?q=m")

    assert (answer.status_code, answer["Location"]) == (302, "/s/field-sales/members?q=m")


def test_about_tells_the_rules_and_how_it_works(client: Client, mia: User, zed: User) -> None:
    make_space("Help", owner=mia, rules="- Be *kind*", allows_down_votes=False)
    client.force_login(zed)

    page = client.get("/s/help/about").content.decode()

    for text in ("<em>kind</em>", "Votes only go up.", "Everybody joins at once.", "Mia"):
        assert text in page


def test_stranger_sees_of_a_closed_space_what_is_listed(
    client: Client, canary: Space, zed: User
) -> None:
    assert not canary.memberships.filter(person=zed).exists()
    client.force_login(zed)

    page = client.get("/s/works-council/about").content.decode()

    for text in ("Works council", "Where the elected prepare.", "Mia", "Ask to join"):
        assert text in page
    for text in ("canaryrule", "Canarymember", "2 members"):
        assert text not in page


def test_member_sees_what_the_stranger_does_not(client: Client, canary: Space, mia: User) -> None:
    client.force_login(mia)

    assert "canaryrule" in client.get("/s/works-council/about").content.decode()
    assert "Canarymember" in client.get("/s/works-council/members").content.decode()


@pytest.mark.parametrize("page", ["about", "settings", "members", "members/ada"])
def test_secret_space_and_missing_space_answer_the_same_bytes(
    client: Client, secret: Space, zed: User, page: str
) -> None:
    assert not zed.memberships.exists()
    client.force_login(zed)

    hidden, missing = client.get(f"/s/cellar/{page}"), client.get(f"/s/nothing/{page}")

    assert (hidden.status_code, hidden.content) == (404, missing.content)


@pytest.mark.parametrize("page", ["about", "settings"])
@pytest.mark.parametrize("count", [1, 3])
def test_space_pages_cost_a_fixed_number_of_queries(
    client: Client,
    mia: User,
    page: str,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    place = make_space("Help", owner=mia)
    for _ in range(count):
        Membership.objects.create(space=place, person=make_person(), role=Role.OWNER)
    client.force_login(mia)

    expected = {"about": 9, "settings": 9}[page]
    with django_assert_num_queries(expected):
        client.get(f"/s/help/{page}")
