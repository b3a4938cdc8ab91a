import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces import access
from community.spaces.actions import SpaceSettings, edit_space
from community.spaces.membership import invite_to_space, join_space
from community.spaces.models import Joining, Role, Space, Visibility
from tests.factories.community import add_member, make_person, make_space


@pytest.fixture
def kim(secret: Space, closed: Space, space: Space, mia: User) -> User:
    """Moderates all three spaces."""
    kim = make_person("Kim")
    for place in (space, closed, secret):
        add_member(place, kim, actor=mia, role=Role.MODERATOR)
    return kim


def allowed(check: object, space: Space, *people: User) -> list[str]:
    return [person.name for person in people if check(space, person)]  # type: ignore[operator]


def test_stranger_reads_open_spaces_only(
    space: Space, closed: Space, secret: Space, zed: User, ada: User
) -> None:
    assert list(Space.objects.visible_to(zed)) == [space]
    assert list(Space.objects.listed_for(zed).order_by("id")) == [space, closed]
    assert list(Space.objects.visible_to(ada).order_by("id")) == [space, closed, secret]


def test_inactive_people_read_nothing(space: Space, closed: Space, ada: User) -> None:
    assert ada.memberships.exists()
    ada.is_active = False

    assert not Space.objects.visible_to(ada).exists()
    assert not Space.objects.listed_for(ada).exists()
    assert allowed(access.can_read, space, ada) == allowed(access.can_read, closed, ada) == []


def test_who_was_switched_off_meanwhile_joins_nothing(space: Space, zed: User) -> None:
    User.objects.filter(pk=zed.pk).update(is_active=False)

    with pytest.raises(PermissionDenied):
        join_space(space, by=zed)


def test_secret_space_and_missing_space_raise_alike(secret: Space, zed: User, ada: User) -> None:
    assert access.get_space("cellar", viewer=ada) == secret
    for slug in ("cellar", "nothing"):
        with pytest.raises(Space.DoesNotExist):
            access.get_space(slug, viewer=zed)


def test_former_slug_of_a_secret_space_is_as_secret(secret: Space, mia: User, zed: User) -> None:
    edit_space(secret, SpaceSettings(name="Vault", visibility=Visibility.SECRET), by=mia)

    assert access.get_space("cellar", viewer=mia).name == "Vault"
    with pytest.raises(Space.DoesNotExist):
        access.get_space("cellar", viewer=zed)


def test_invited_person_may_know_of_a_secret_space_but_not_read_it(
    secret: Space, mia: User, zed: User
) -> None:
    invite_to_space(secret, zed, by=mia)

    assert access.get_space("cellar", viewer=zed) == secret
    assert not access.can_read(secret, zed)
    assert not Space.objects.visible_to(zed).exists()


def test_what_each_role_may_do(
    space: Space,
    closed: Space,
    secret: Space,
    mia: User,
    kim: User,
    ada: User,
    zed: User,
    admin: User,
) -> None:
    people = (mia, kim, ada, zed, admin)
    for place, readers, editors in (
        (space, ["Mia", "Kim", "Ada", "Zed", "Root"], ["Mia", "Root"]),
        (closed, ["Mia", "Kim", "Ada"], ["Mia"]),
        (secret, ["Mia", "Kim", "Ada"], ["Mia"]),
    ):
        assert allowed(access.can_read, place, *people) == readers
        assert allowed(access.can_edit_space, place, *people) == editors
        assert allowed(access.moderates, place, *people) == ["Mia", "Kim"]
        assert allowed(access.owns, place, *people) == ["Mia"]
        assert allowed(access.can_own, place, *people) == ["Mia"]


def test_requirements_refuse_the_stranger(closed: Space, zed: User) -> None:
    assert access.role_in(closed, zed) is None
    for require in (
        access.require_read,
        access.require_edit_space,
        access.require_own,
        access.require_moderate_space,
    ):
        with pytest.raises(PermissionDenied):
            require(closed, zed)


def test_space_without_owner_is_given_one_by_those_who_manage_spaces(
    space: Space, admin: User, zed: User
) -> None:
    space.memberships.all().delete()

    assert allowed(access.can_own, space, admin, zed) == ["Root"]


def test_open_space_is_joined_at_once_and_no_other(
    space: Space, closed: Space, secret: Space, zed: User, ada: User
) -> None:
    Space.objects.update(joining=Joining.AT_ONCE)
    for place in (space, closed, secret):
        place.refresh_from_db()

    assert [access.can_join(place, zed) for place in (space, closed, secret)] == [
        True,
        False,
        False,
    ]
    assert not access.can_join(closed, ada)


def test_only_a_closed_space_takes_requests(
    space: Space, closed: Space, secret: Space, zed: User, ada: User
) -> None:
    assert [access.can_request(place, zed) for place in (space, closed, secret)] == [
        False,
        True,
        False,
    ]
    assert not access.can_request(closed, ada)


def test_space_by_invitation_takes_no_requests(mia: User, zed: User) -> None:
    place = make_space("Board", owner=mia, visibility=Visibility.CLOSED, joining=Joining.INVITATION)

    assert not access.can_request(place, zed)


def test_role_is_asked_once_and_again_after_a_change(
    closed: Space, zed: User, mia: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert [access.role_in(closed, zed) for _ in range(3)] == [None, None, None]

    add_member(closed, zed, actor=mia)

    assert access.role_in(closed, zed) == Role.MEMBER
