from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection

from community.accounts.models import User
from community.events import (
    INVITATION_DECLINED,
    JOIN_DECLINED,
    JOIN_REQUESTED,
    SPACE_INVITED,
    SPACE_JOINED,
    SPACE_LEFT,
    SPACE_ROLE_CHANGED,
)
from community.outbox.models import Event
from community.spaces.membership import (
    approve_request,
    change_role,
    decline_invitation,
    decline_request,
    invite_to_space,
    join_space,
    leave_space,
    remove_member,
    request_to_join,
)
from community.spaces.models import JoinRequest, Membership, Role, Space, SpaceInvitation
from tests.factories.community import add_member, make_person, make_space


def told_of(person: User) -> list[str]:
    about = Event.objects.filter(subject_id=person.pk, space_id__isnull=False).order_by("id")
    return list(about.values_list("name", flat=True))


def members(space: Space) -> list[str]:
    return sorted(space.memberships.values_list("person__name", flat=True))


def role(space: Space, person: User) -> str:
    return Membership.objects.get(space=space, person=person).role


@pytest.fixture
def kim(closed: Space, mia: User) -> User:
    """Moderates the closed space."""
    kim = make_person("Kim")
    add_member(closed, kim, actor=mia, role=Role.MODERATOR)
    return kim


def test_open_space_is_joined_once(space: Space, zed: User) -> None:
    first = join_space(space, by=zed)
    again = join_space(space, by=zed)

    space.refresh_from_db()
    assert (first, space.member_count, told_of(zed)) == (again, 2, [SPACE_JOINED])


def test_closed_and_secret_spaces_are_not_joined_without_being_let_in(
    closed: Space, secret: Space, zed: User
) -> None:
    for place in (closed, secret):
        with pytest.raises(PermissionDenied):
            join_space(place, by=zed)
    assert not zed.memberships.exists()


def test_invited_person_joins_and_the_invitation_is_used_up(
    secret: Space, mia: User, zed: User
) -> None:
    invite_to_space(secret, zed, by=mia)

    join_space(secret, by=zed)

    assert members(secret) == ["Ada", "Ben", "Mia", "Zed"]
    assert not SpaceInvitation.objects.exists()
    assert told_of(zed) == [SPACE_INVITED, SPACE_JOINED]


def test_request_waits_and_takes_a_new_message(closed: Space, zed: User) -> None:
    request_to_join(closed, by=zed, message=" Please\nlet me in ")
    request_to_join(closed, by=zed, message="Again")

    assert JoinRequest.objects.get().message == "Again"
    assert told_of(zed) == [JOIN_REQUESTED]


def test_message_at_the_limit_is_taken_and_one_above_refused(closed: Space, zed: User) -> None:
    request_to_join(closed, by=zed, message="x" * 300)

    with pytest.raises(ValidationError) as error:
        request_to_join(closed, by=zed, message="x" * 301)
    assert error.value.message_dict == {"message": ["At most 300 characters; this has 301."]}


def test_spaces_that_take_no_requests_refuse_them(
    space: Space, secret: Space, closed: Space, zed: User, ada: User
) -> None:
    for place, person in ((space, zed), (secret, zed), (closed, ada)):
        with pytest.raises(PermissionDenied):
            request_to_join(place, by=person)
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize("by", ["mia", "kim"])
def test_owner_or_moderator_lets_in(
    closed: Space, mia: User, kim: User, zed: User, by: str
) -> None:
    asked = request_to_join(closed, by=zed)

    approve_request(asked, by={"mia": mia, "kim": kim}[by])

    assert "Zed" in members(closed)
    assert not JoinRequest.objects.exists()


def test_members_strangers_and_admins_decide_on_no_request(
    closed: Space, zed: User, ada: User, admin: User
) -> None:
    asked = request_to_join(closed, by=zed)

    for person in (zed, ada, admin):
        with pytest.raises(PermissionDenied):
            approve_request(asked, by=person)
    for person in (ada, admin):
        with pytest.raises(PermissionDenied):
            decline_request(asked, by=person)
    assert (members(closed), JoinRequest.objects.count()) == (["Ada", "Ben", "Mia"], 1)


@pytest.mark.parametrize("by", ["mia", "zed"])
def test_request_is_declined_or_taken_back(closed: Space, mia: User, zed: User, by: str) -> None:
    asked = request_to_join(closed, by=zed)

    decline_request(asked, by={"mia": mia, "zed": zed}[by])

    assert not JoinRequest.objects.exists()
    assert told_of(zed) == [JOIN_REQUESTED, JOIN_DECLINED]


def test_person_is_invited_once_by_owner_or_moderator(
    closed: Space, mia: User, kim: User, zed: User
) -> None:
    first = invite_to_space(closed, zed, by=mia)
    again = invite_to_space(closed, zed, by=kim)

    assert (first, first.by, told_of(zed)) == (again, mia, [SPACE_INVITED])


def test_nobody_else_invites(closed: Space, zed: User, ada: User, admin: User) -> None:
    for person in (zed, ada, admin):
        with pytest.raises(PermissionDenied):
            invite_to_space(closed, zed, by=person)
    assert not SpaceInvitation.objects.exists()


def test_members_and_people_without_account_are_not_invited(
    closed: Space, mia: User, ada: User
) -> None:
    gone = make_person("Gone")
    gone.is_active = False
    for person in (ada, gone):
        with pytest.raises(ValidationError) as error:
            invite_to_space(closed, person, by=mia)
        assert sorted(error.value.message_dict) == ["person"]


@pytest.mark.parametrize("by", ["mia", "zed"])
def test_invitation_is_declined_or_withdrawn(closed: Space, mia: User, zed: User, by: str) -> None:
    kept = invite_to_space(closed, zed, by=mia)

    decline_invitation(kept, by={"mia": mia, "zed": zed}[by])

    assert not SpaceInvitation.objects.exists()
    assert told_of(zed) == [SPACE_INVITED, INVITATION_DECLINED]
    with pytest.raises(PermissionDenied):
        join_space(closed, by=zed)


def test_invitation_of_somebody_else_is_not_declined(
    closed: Space, mia: User, zed: User, ada: User
) -> None:
    kept = invite_to_space(closed, zed, by=mia)

    with pytest.raises(PermissionDenied):
        decline_invitation(kept, by=ada)
    assert SpaceInvitation.objects.exists()


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
def test_member_count_is_right_after_five_joined_at_once(transactional_db: None) -> None:
    place = make_space("Workshop", owner=make_person("Mia"))
    people = [make_person() for _ in range(5)]

    def join(person: User) -> None:
        try:
            join_space(place, by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=5) as pool:
        list(pool.map(join, people))

    place.refresh_from_db()
    assert (place.member_count, place.memberships.count()) == (6, 6)


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
