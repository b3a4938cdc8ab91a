"""A space has an owner: handing over, and who can't go before somebody comes after them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client

from community.accounts.models import User
from community.spaces.membership import change_role, leave_space, remove_member
from community.spaces.models import Membership, Role, Space
from community.spaces.ownership import hand_over
from tests.community.spaces.reading import members, role
from tests.factories.community import add_member, make_person, make_space

pytestmark = pytest.mark.slow


def owners(space: Space) -> list[str]:
    found = space.memberships.filter(role=Role.OWNER, person__is_active=True)
    return sorted(found.values_list("person__name", flat=True))


def test_owner_hands_over_and_stays_a_member(closed: Space, mia: User, ada: User) -> None:
    hand_over(closed, ada, by=mia)

    assert (owners(closed), role(closed, mia)) == (["Ada"], Role.MEMBER)


def test_owner_hands_over_to_somebody_new_and_leaves(closed: Space, mia: User, zed: User) -> None:
    hand_over(closed, zed, by=mia, leaves=True)

    closed.refresh_from_db()
    assert (owners(closed), members(closed)) == (["Zed"], ["Ada", "Ben", "Zed"])
    assert closed.member_count == 3


def test_only_owners_hand_over_and_only_to_somebody_who_is_here(
    closed: Space, mia: User, kim: User, admin: User, ada: User
) -> None:
    for by in (kim, ada, admin):
        with pytest.raises(PermissionDenied):
            hand_over(closed, ada, by=by)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    ada.refresh_from_db()
    for person in (mia, ada):
        with pytest.raises(ValidationError) as error:
            hand_over(closed, person, by=mia)
        assert list(error.value.message_dict) == ["person"]
    assert owners(closed) == ["Mia"]


def test_owner_who_is_gone_counts_for_nobody(closed: Space, mia: User, ada: User) -> None:
    add_member(closed, make_person("Gus"), actor=mia, role=Role.OWNER)
    User.objects.filter(name="Gus").update(is_active=False)
    mine = Membership.objects.get(space=closed, person=mia)

    for attempt in (
        lambda: leave_space(closed, by=mia),
        lambda: remove_member(mine, by=mia),
        lambda: change_role(mine, Role.MEMBER, by=mia),
    ):
        with pytest.raises(ValidationError, match="A space needs an owner"):
            attempt()
    assert owners(closed) == ["Mia"]


def test_last_owner_who_leaves_is_asked_for_a_successor(
    client: Client, space: Space, mia: User, zed: User
) -> None:
    client.force_login(mia)

    page = client.post("/s/workshop/membership/removal", follow=True)
    assert page.redirect_chain == [("/s/workshop/handover", 303)]
    assert "A space needs an owner." in page.content.decode()

    done = client.post("/s/workshop/handover", {"person": "@zed", "leaves": "on"}, follow=True)
    assert ("Zed owns Workshop now." in done.content.decode(), members(space)) == (True, ["Zed"])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("nobody", "Nobody has this handle."), ("mia", "You own it already."), ("", "Fill this in")],
)
def test_successor_that_cannot_be_is_named_at_the_field(
    client: Client, space: Space, mia: User, typed: str, sentence: str
) -> None:
    client.force_login(mia)

    answer = client.post("/s/workshop/handover", {"person": typed})

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert owners(space) == ["Mia"]


def test_page_of_handing_over_is_for_owners(client: Client, space: Space, admin: User) -> None:
    client.force_login(admin)

    assert client.get("/s/workshop/handover").status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_owners_who_leave_at_once_leave_one(transactional_db: None, attempt: int) -> None:
    people = [make_person(), make_person()]
    place = make_space("Workshop", owner=people[0])
    add_member(place, people[1], actor=people[0], role=Role.OWNER)

    def leave(person: User) -> str:
        try:
            leave_space(place, by=person)
        except ValidationError:
            return "refused"
        finally:
            connection.close()
        return "left"

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(leave, people)) == ["left", "refused"]
    assert len(owners(place)) == 1
