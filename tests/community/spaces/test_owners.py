import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from community.accounts.models import User
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Membership, Role, Space
from community.spaces.ownership import name_owner


def unown(*spaces: Space) -> None:
    """As an import leaves them."""
    Membership.objects.filter(space__in=spaces, role=Role.OWNER).delete()


def owners(space: Space) -> list[str]:
    found = space.memberships.filter(role=Role.OWNER)
    return list(found.values_list("person__name", flat=True))


@pytest.mark.parametrize("handle", ["zed", "@ada"])
def test_keeper_of_spaces_names_an_owner_of_an_open_space(
    client: Client, space: Space, admin: User, ada: User, zed: User, handle: str
) -> None:
    unown(space)
    client.force_login(admin)

    assert "Name an owner" in client.get("/s/workshop/members").content.decode()
    answer = client.post("/s/workshop/owner", {"owner": handle})

    assert (answer.status_code, answer["Location"]) == (303, "/s/workshop")
    assert owners(space) == [handle.removeprefix("@").title()]
    assert "Name an owner" not in client.get("/s/workshop/members").content.decode()


def test_member_of_a_closed_space_is_named_from_outside(
    client: Client, closed: Space, admin: User
) -> None:
    unown(closed)
    client.force_login(admin)

    assert "Name an owner" in client.get("/s/backroom/about").content.decode()
    client.post("/s/backroom/owner", {"owner": "ben"})

    assert owners(closed) == ["Ben"]


@pytest.mark.parametrize(
    ("handle", "sentence"), [("nobody", "Nobody has this handle."), ("root-admin", "somebody else")]
)
def test_owner_that_cannot_be_named_is_refused_with_a_sentence(
    client: Client, closed: Space, admin: User, handle: str, sentence: str
) -> None:
    unown(closed)
    client.force_login(admin)

    answer = client.post("/s/backroom/owner", {"owner": handle})

    assert (answer.status_code, owners(closed)) == (422, [])
    assert sentence in answer.content.decode()


def test_owner_is_named_by_nobody_else_and_only_where_none_is(
    client: Client, space: Space, secret: Space, admin: User, ada: User, zed: User
) -> None:
    with pytest.raises(PermissionDenied):
        name_owner(space, zed, by=admin)
    unown(space, secret)
    for place, by in ((space, ada), (space, zed), (secret, admin)):
        with pytest.raises(PermissionDenied):
            name_owner(place, zed, by=by)
    assert owners(space) == owners(secret) == []


def test_admin_page_lists_spaces_that_nobody_owns_but_no_secret_ones(
    client: Client, space: Space, closed: Space, secret: Space, zed: User
) -> None:
    unown(closed, secret)
    grant_capability(zed, Capability.SPACES, by=None)
    client.force_login(zed)

    page = client.get("/admin").content.decode()

    assert ("/s/backroom/about" in page, "Cellar" in page, "/s/workshop/" in page) == (
        True,
        False,
        False,
    )
