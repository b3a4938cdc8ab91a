"""Members: going out, and what each may do."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection

from community.accounts.models import User
from community.events import (
    SPACE_LEFT,
    SPACE_ROLE_CHANGED,
)
from community.outbox.models import Event
from community.spaces.membership import (
    change_role,
    decline_invitation,
    invite_to_space,
    join_space,
    leave_space,
    remove_member,
)
from community.spaces.models import JoinRequest, Membership, Role, Space, SpaceInvitation
from community.spaces.requests import approve_request, decline_request, request_to_join
from tests.community.spaces.reading import members, role, told_of
from tests.factories.community import add_member, make_person, make_space


def test_member_leaves(closed: Space, ada: User) -> None:
    leave_space(closed, by=ada)
    leave_space(closed, by=ada)

    closed.refresh_from_db()
    assert (members(closed), closed.member_count) == (["Ben", "Mia"], 2)
    assert told_of(ada)[-1] == SPACE_LEFT


def test_last_owner_neither_leaves_nor_steps_down(closed: Space, mia: User) -> None:
    own = Membership.objects.get(space=closed, person=mia)

    for attempt in (
        lambda: leave_space(closed, by=mia),
        lambda: remove_member(own, by=mia),
        lambda: change_role(own, Role.MEMBER, by=mia),
    ):
        with pytest.raises(ValidationError):
            attempt()
    assert role(closed, mia) == Role.OWNER


def test_owner_leaves_once_there_is_another(closed: Space, mia: User, ada: User) -> None:
    change_role(Membership.objects.get(space=closed, person=ada), Role.OWNER, by=mia)

    leave_space(closed, by=mia)

    assert (members(closed), role(closed, ada)) == (["Ada", "Ben"], Role.OWNER)
    assert told_of(ada)[-1] == SPACE_ROLE_CHANGED


def test_role_that_stays_is_not_told(closed: Space, mia: User, ada: User) -> None:
    before = told_of(ada)
    change_role(Membership.objects.get(space=closed, person=ada), Role.MEMBER, by=mia)

    assert told_of(ada) == before


def test_roles_are_changed_by_owners_only(
    closed: Space, kim: User, ada: User, ben: User, zed: User, admin: User
) -> None:
    theirs = Membership.objects.get(space=closed, person=ben)

    for person in (kim, ada, ben, zed, admin):
        with pytest.raises(PermissionDenied):
            change_role(theirs, Role.OWNER, by=person)
    assert role(closed, ben) == Role.MEMBER


def test_moderator_removes_plain_members_only(
    closed: Space, mia: User, kim: User, ada: User
) -> None:
    remove_member(Membership.objects.get(space=closed, person=ada), by=kim)

    for person in (mia, kim):
        with pytest.raises(PermissionDenied):
            remove_member(Membership.objects.get(space=closed, person=person), by=kim)
    assert members(closed) == ["Ben", "Kim", "Mia"]


def test_members_and_strangers_remove_nobody(
    closed: Space, ada: User, ben: User, zed: User, admin: User
) -> None:
    theirs = Membership.objects.get(space=closed, person=ben)

    for person in (ada, zed, admin):
        with pytest.raises(PermissionDenied):
            remove_member(theirs, by=person)
    assert "Ben" in members(closed)


def test_owner_removes_a_moderator(closed: Space, mia: User, kim: User) -> None:
    remove_member(Membership.objects.get(space=closed, person=kim), by=mia)

    assert members(closed) == ["Ada", "Ben", "Mia"]


def test_admin_of_spaces_names_the_first_owner_of_one_without(
    space: Space, admin: User, mia: User
) -> None:
    space.memberships.all().delete()
    theirs = join_space(space, by=mia)

    change_role(theirs, Role.OWNER, by=admin)

    assert role(space, mia) == Role.OWNER


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one_behind(transactional_db: None) -> None:
    mia, kim = make_person("Mia"), make_person("Kim")
    place = make_space("Workshop", owner=mia)
    add_member(place, kim, actor=mia, role=Role.OWNER)

    def leave(person: User) -> bool:
        try:
            leave_space(place, by=person)
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=2) as pool:
        left = list(pool.map(leave, [mia, kim]))

    assert (sorted(left), place.memberships.filter(role=Role.OWNER).count()) == ([False, True], 1)


def test_role_that_was_read_before_a_change_counts_no_longer(
    closed: Space, mia: User, ada: User, kim: User
) -> None:
    read_earlier = Membership.objects.get(space=closed, person=ada)
    change_role(Membership.objects.get(pk=read_earlier.pk), Role.OWNER, by=mia)

    with pytest.raises(PermissionDenied):
        remove_member(read_earlier, by=kim)
    leave_space(closed, by=mia)
    with pytest.raises(ValidationError):
        change_role(read_earlier, Role.MEMBER, by=ada)
    assert role(closed, ada) == Role.OWNER


def test_who_was_demoted_meanwhile_decides_nothing(
    closed: Space, mia: User, kim: User, zed: User
) -> None:
    asked = request_to_join(closed, by=zed)
    kept = invite_to_space(closed, make_person(), by=kim)
    change_role(Membership.objects.get(space=closed, person=kim), Role.MEMBER, by=mia)

    for attempt in (
        lambda: approve_request(asked, by=kim),
        lambda: decline_request(asked, by=kim),
        lambda: decline_invitation(kept, by=kim),
        lambda: invite_to_space(closed, zed, by=kim),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_what_is_gone_is_not_acted_on_again(closed: Space, mia: User, ada: User, zed: User) -> None:
    asked = request_to_join(closed, by=zed)
    decline_request(JoinRequest.objects.get(), by=zed)
    kept = invite_to_space(closed, zed, by=mia)
    decline_invitation(SpaceInvitation.objects.get(), by=zed)
    out = Membership.objects.get(space=closed, person=ada)
    leave_space(closed, by=ada)
    told = Event.objects.count()

    for attempt in (
        lambda: approve_request(asked, by=mia),
        lambda: decline_request(asked, by=mia),
        lambda: decline_invitation(kept, by=mia),
        lambda: remove_member(out, by=mia),
        lambda: change_role(out, Role.OWNER, by=mia),
    ):
        with pytest.raises(ObjectDoesNotExist):
            attempt()
    assert (members(closed), Event.objects.count()) == (["Ben", "Mia"], told)


def test_arguments_are_left_as_they_were(closed: Space, mia: User, ada: User, zed: User) -> None:
    """An action may run twice, after a deadlock: it needs the ids that it was given."""
    asked = request_to_join(closed, by=zed)
    kept = invite_to_space(closed, make_person(), by=mia)
    theirs = Membership.objects.get(space=closed, person=ada)

    decline_request(asked, by=mia)
    decline_invitation(kept, by=mia)
    remove_member(theirs, by=mia)

    assert None not in {asked.pk, kept.pk, theirs.pk}


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_demote_each_other_at_once_leave_one_behind(transactional_db: None) -> None:
    mia, kim = make_person("Mia"), make_person("Kim")
    place = make_space("Workshop", owner=mia)
    add_member(place, kim, actor=mia, role=Role.OWNER)
    rows = {row.person_id: row for row in place.memberships.select_related("space", "person")}

    def demote(by: User, other: User) -> bool:
        try:
            change_role(rows[other.pk], Role.MEMBER, by=by)
        except PermissionDenied:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=2) as pool:
        done = list(pool.map(demote, [mia, kim], [kim, mia]))

    assert (sorted(done), place.memberships.filter(role=Role.OWNER).count()) == ([False, True], 1)
