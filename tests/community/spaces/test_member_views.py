import pytest
from django.contrib.messages import get_messages
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.membership import invite_to_space
from community.spaces.models import JoinRequest, Membership, Role, Space, SpaceInvitation
from community.spaces.requests import request_to_join
from tests.factories.community import add_member, make_person

pytestmark = pytest.mark.slow


def titles(page: str) -> list[str]:
    return [part.split(">", 1)[1].split("<")[0] for part in page.split('class="title"')[1:]]


def test_members_are_listed_by_name_and_found(client: Client, closed: Space, ada: User) -> None:
    client.force_login(ada)

    assert titles(client.get("/s/backroom/members").content.decode()) == ["Ada", "Ben", "Mia"]
    assert titles(client.get("/s/backroom/members?q=BE").content.decode()) == ["Ben"]


def test_stranger_sees_no_member_of_a_closed_space(
    client: Client, closed: Space, zed: User
) -> None:
    assert not closed.memberships.filter(person=zed).exists()
    client.force_login(zed)

    answer = client.get("/s/backroom/members")

    assert answer.status_code == 403
    assert "Ben" not in answer.content.decode()


def test_list_goes_on_after_25_members(client: Client, space: Space, mia: User) -> None:
    for number in range(25):
        add_member(space, make_person(f"A{number:02}"), actor=mia)
    client.force_login(mia)

    first = client.get("/s/workshop/members")
    second = client.get("/s/workshop/members", {"after": first.context["page"].older})
    back = client.get("/s/workshop/members", {"before": second.context["page"].newer})

    assert titles(second.content.decode()) == ["Mia"]
    assert titles(back.content.decode()) == titles(first.content.decode())


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_a_moderator_costs_twelve_queries(
    client: Client,
    closed: Space,
    kim: User,
    mia: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        add_member(closed, make_person(), actor=mia)
        request_to_join(closed, by=make_person())
        invite_to_space(closed, make_person(), by=mia)
    client.force_login(kim)

    with django_assert_num_queries(12):
        client.get("/s/backroom/members")


def test_requests_and_invitations_show_to_owners_and_moderators_only(
    client: Client, closed: Space, mia: User, kim: User, ada: User, zed: User
) -> None:
    request_to_join(closed, by=zed, message="Let me in, please")
    invite_to_space(closed, make_person("Guest"), by=mia)

    for person, seen in ((mia, True), (kim, True), (ada, False)):
        client.force_login(person)
        page = client.get("/s/backroom/members").content.decode()
        assert ("Let me in, please" in page, "Guest" in page) == (seen, seen)


def test_owner_changes_a_role(client: Client, closed: Space, mia: User, ada: User) -> None:
    client.force_login(mia)

    answer = client.post("/s/backroom/members/ada", {"role": "moderator"})

    assert (answer.status_code, answer["Location"]) == (303, "/s/backroom/members")
    assert Membership.objects.get(space=closed, person=ada).role == Role.MODERATOR


def test_last_owner_keeps_the_role_and_is_told_why(
    client: Client, closed: Space, mia: User
) -> None:
    client.force_login(mia)

    answer = client.post("/s/backroom/members/mia", {"role": "member"})

    assert answer.status_code == 422
    assert "Make somebody else an owner first." in answer.content.decode()
    assert Membership.objects.get(space=closed, person=mia).role == Role.OWNER


def test_unknown_role_is_refused(client: Client, closed: Space, mia: User, ada: User) -> None:
    client.force_login(mia)

    assert client.post("/s/backroom/members/ada", {"role": "king"}).status_code == 422


def test_moderator_sees_a_member_but_changes_no_role(
    client: Client, closed: Space, kim: User, ada: User
) -> None:
    client.force_login(kim)

    page = client.get("/s/backroom/members/ada").content.decode()

    assert ("Remove from the space" in page, "Save the role" in page) == (True, False)
    assert client.post("/s/backroom/members/ada", {"role": "owner"}).status_code == 403
    assert Membership.objects.get(space=closed, person=ada).role == Role.MEMBER


@pytest.mark.parametrize("person", ["ada", "zed"])
def test_members_and_strangers_manage_nobody(
    client: Client, closed: Space, mia: User, ada: User, ben: User, zed: User, person: str
) -> None:
    request_to_join(closed, by=make_person("Guest"))
    invite_to_space(closed, make_person("Kept"), by=mia)
    client.force_login({"ada": ada, "zed": zed}[person])

    for path, expected in (
        ("members/ben", 403),
        ("members/ben/removal", 403 if person == "ada" else 404),
        ("requests/guest/approval", 404),
        ("requests/guest/refusal", 404),
        ("invitations", 403),
        ("invitations/zed", 403),
        ("invitations/kept/removal", 404),
    ):
        answer = client.post(f"/s/backroom/{path}", {"role": "owner", "person": "zed"})
        assert (path, answer.status_code) == (path, expected)
    assert closed.memberships.count() == 3
    assert (JoinRequest.objects.count(), SpaceInvitation.objects.count()) == (1, 1)


def test_member_is_removed(client: Client, closed: Space, kim: User, ada: User) -> None:
    client.force_login(kim)

    answer = client.post("/s/backroom/members/ada/removal")

    assert (answer.status_code, answer["Location"]) == (303, "/s/backroom/members")
    assert not closed.memberships.filter(person=ada).exists()


def test_last_owner_is_not_removed(client: Client, closed: Space, mia: User) -> None:
    client.force_login(mia)

    answer = client.post("/s/backroom/members/mia/removal", follow=True)

    assert "Make somebody else an owner first." in answer.content.decode()
    assert closed.memberships.filter(person=mia).exists()


def test_request_is_approved_or_declined(
    client: Client, closed: Space, kim: User, zed: User
) -> None:
    request_to_join(closed, by=zed)
    request_to_join(closed, by=make_person("Eve"))
    client.force_login(kim)

    client.post("/s/backroom/requests/zed/approval")
    client.post("/s/backroom/requests/eve/refusal")

    assert sorted(closed.memberships.values_list("person__name", flat=True)) == [
        "Ada",
        "Ben",
        "Kim",
        "Mia",
        "Zed",
    ]
    assert not JoinRequest.objects.exists()


def test_person_is_invited_by_handle_and_the_withdrawal_can_be_undone(
    client: Client, closed: Space, kim: User, zed: User
) -> None:
    client.force_login(kim)

    client.post("/s/backroom/invitations", {"person": " @zed "})
    assert SpaceInvitation.objects.get().person == zed

    answer = client.post("/s/backroom/invitations/zed/removal")
    undo = [*get_messages(answer.wsgi_request)][-1].extra_tags
    assert (SpaceInvitation.objects.count(), undo) == (0, "undo:/s/backroom/invitations/zed")

    client.post(undo.removeprefix("undo:"))
    assert SpaceInvitation.objects.get().person == zed


def test_name_brings_back_the_people_who_may_be_meant(
    client: Client, closed: Space, kim: User
) -> None:
    make_person("Zora Neale")
    client.force_login(kim)

    answer = client.post("/s/backroom/invitations", {"person": "zora"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ('value="zora"' in page, "/s/backroom/invitations/zora-neale" in page) == (True, True)
    assert not SpaceInvitation.objects.exists()


def test_member_is_not_invited(client: Client, closed: Space, kim: User, ada: User) -> None:
    client.force_login(kim)

    for path, fields in (("invitations", {"person": "ada"}), ("invitations/ada", {})):
        answer = client.post(f"/s/backroom/{path}", fields)
        assert answer.status_code == 422
        assert "Ada is a member already." in answer.content.decode()
