"""Somebody from outside reads the spaces they belong to, open ones too, and nothing else."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from community.accounts.models import User
from community.roles.models import Capability, Grant
from community.spaces.access import can_join, can_read, can_request
from community.spaces.actions import SpaceSettings, create_space
from community.spaces.bringing_in import may_bring_in
from community.spaces.leaving import handovers
from community.spaces.membership import change_role, invite_to_space, join_space, leave_space
from community.spaces.models import Role, Space, Visibility
from community.spaces.opening import sight_as
from community.spaces.ownership import hand_over, name_owner
from community.spaces.queries import writable_spaces
from community.spaces.requests import request_to_join
from community.spaces.sight import readers
from discussions.answers.actions import post_answer
from discussions.topics.models import Post, Topic
from tests.factories.community import make_guest, make_space


@pytest.fixture
def other(mia: User) -> Space:
    """An open space that the guest doesn't belong to."""
    return make_space("Elsewhere", owner=mia)


def test_guest_reads_and_knows_of_own_spaces_alone(
    space: Space, other: Space, closed: Space, gil: User, zed: User
) -> None:
    assert set(Space.objects.visible_to(zed)) == {space, other}
    assert set(Space.objects.listed_for(zed)) == {space, other, closed}

    assert list(Space.objects.visible_to(gil)) == [space]
    assert list(Space.objects.listed_for(gil)) == [space]
    assert (can_read(space, gil), can_read(other, gil), can_read(other, zed)) == (True, False, True)
    assert list(writable_spaces(gil)) == [space]


def test_topics_and_posts_go_with_the_space(
    question: Topic, space: Space, gil: User, zed: User
) -> None:
    assert list(Topic.objects.visible_to(gil)) == [question]
    assert Post.objects.visible_to(gil).count() == 1

    leave_space(space, by=gil)
    assert list(Topic.objects.visible_to(gil)) == []
    assert Post.objects.visible_to(gil).count() == 0
    assert list(Topic.objects.visible_to(zed)) == [question]
    with pytest.raises(PermissionDenied):
        post_answer(question, by=gil, source="Still here.")


def test_guest_neither_joins_nor_asks_to(other: Space, mia: User, gil: User, zed: User) -> None:
    door = make_space("Door", owner=mia, visibility=Visibility.CLOSED, joining="request")
    assert (can_join(other, zed), can_request(door, zed)) == (True, True)

    assert (can_join(other, gil), can_request(door, gil)) == (False, False)
    with pytest.raises(PermissionDenied):
        join_space(other, by=gil)
    with pytest.raises(PermissionDenied):
        request_to_join(door, by=gil)
    assert set(gil.memberships.values_list("space__name", flat=True)) == {"Workshop"}


def test_guest_knows_of_an_open_space_once_invited_and_joins_it(
    other: Space, mia: User, gil: User
) -> None:
    invite_to_space(other, gil, by=mia)
    assert other in Space.objects.listed_for(gil)
    assert other not in Space.objects.visible_to(gil)

    join_space(other, by=gil)
    assert other in Space.objects.visible_to(gil)


def test_guest_opens_no_space(client: Client, gil: User) -> None:
    with pytest.raises(PermissionDenied, match="Guests don't open spaces"):
        create_space(SpaceSettings(name="Mine"), by=gil)
    client.force_login(gil)
    assert client.get("/spaces/new").status_code == 403
    assert b"/spaces/new" not in client.get("/spaces").content
    assert not Space.objects.filter(name="Mine").exists()


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.OWNER])
def test_guest_neither_moderates_nor_owns(space: Space, mia: User, gil: User, role: Role) -> None:
    with pytest.raises(ValidationError, match="Gil is a guest") as refused:
        change_role(space.memberships.get(person=gil), role, by=mia)
    assert list(refused.value.message_dict) == ["person"]
    assert space.memberships.get(person=gil).role == Role.MEMBER


def test_space_is_handed_to_no_guest(space: Space, mia: User, gil: User, admin: User) -> None:
    with pytest.raises(ValidationError, match="Gil is a guest"):
        hand_over(space, gil, by=mia)
    space.memberships.filter(person=mia).delete()
    with pytest.raises(ValidationError, match="Gil is a guest"):
        name_owner(space, gil, by=admin)
    assert space.memberships.get(person=gil).role == Role.MEMBER


def test_heir_of_a_space_is_no_guest(space: Space, mia: User, gil: User, ben: User) -> None:
    assert [one.heir for one in handovers(mia, viewer=mia)] == [None]
    join_space(space, by=ben)
    assert [one.heir for one in handovers(mia, viewer=mia)] == [ben]


def test_open_space_is_read_by_colleagues_and_its_guests(
    space: Space, other: Space, mia: User, gil: User, zed: User
) -> None:
    assert set(readers(space)) == {mia, gil, zed}
    assert set(readers(other)) == {mia, zed}
    found = sight_as(space, Visibility.CLOSED)
    assert (set(found.gains), set(found.losses)) == (set(), {zed})


def test_guest_brings_nobody_in_and_holds_no_right(space: Space, gil: User, zed: User) -> None:
    for person in (gil, zed):
        Grant.objects.create(person=person, capability=Capability.SPACES)
    assert (may_bring_in(space, gil), may_bring_in(space, zed)) == (False, True)
    assert (gil.has_perm("community.spaces"), zed.has_perm("community.spaces")) == (False, True)


def test_write_sees_who_became_a_guest_meanwhile(space: Space, zed: User) -> None:
    """The row is asked again once the locks are held."""
    User.objects.filter(pk=zed.pk).update(is_guest=True)
    with pytest.raises(PermissionDenied):
        join_space(space, by=zed)


def test_guest_of_nothing_sees_empty_lists(client: Client, space: Space, question: Topic) -> None:
    client.force_login(make_guest("Nora"))
    for address in ("/", "/questions", "/discussions", "/library", "/spaces", "/tags", "/people"):
        page = client.get(address)
        assert page.status_code == 200
        assert b"Workshop" not in page.content
        assert b"tunnel" not in page.content
