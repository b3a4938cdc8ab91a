"""Coming in: at once, by request, by invitation."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from community.accounts.models import User
from community.events import (
    INVITATION_DECLINED,
    JOIN_DECLINED,
    JOIN_REQUESTED,
    SPACE_INVITED,
    SPACE_JOINED,
)
from community.spaces.membership import decline_invitation, invite_to_space, join_space
from community.spaces.models import JoinRequest, Space, SpaceInvitation
from community.spaces.requests import approve_request, decline_request, request_to_join
from tests.community.spaces.reading import members, told_of
from tests.factories.community import make_person, make_space


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
