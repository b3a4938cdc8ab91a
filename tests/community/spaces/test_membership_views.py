import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.membership import invite_to_space
from community.spaces.models import JoinRequest, Membership, Space, SpaceInvitation
from community.spaces.requests import request_to_join

pytestmark = pytest.mark.slow


def test_open_space_is_joined_and_left(client: Client, space: Space, zed: User) -> None:
    client.force_login(zed)

    joined = client.post("/s/workshop/membership")
    assert (joined.status_code, joined["Location"]) == (303, "/s/workshop")
    assert zed.memberships.get().space == space

    left = client.post("/s/workshop/membership/removal")
    assert (left.status_code, left["Location"]) == (303, "/s/workshop")
    assert not zed.memberships.exists()


def test_leaving_a_closed_space_leads_to_the_list(client: Client, closed: Space, ada: User) -> None:
    client.force_login(ada)

    assert client.post("/s/backroom/membership/removal")["Location"] == "/spaces"
    assert not Membership.objects.filter(person=ada, space=closed).exists()


def test_last_owner_is_told_why_not(client: Client, space: Space, mia: User) -> None:
    client.force_login(mia)

    answer = client.post("/s/workshop/membership/removal", follow=True)

    assert "Make somebody else an owner first." in answer.content.decode()
    assert space.memberships.filter(person=mia).exists()


def test_closed_space_is_not_joined_by_the_stranger(
    client: Client, closed: Space, zed: User
) -> None:
    client.force_login(zed)

    answer = client.post("/s/backroom/membership")

    assert answer.status_code == 403
    assert "This space is joined by request or invitation." in answer.content.decode()
    assert not zed.memberships.exists()


def test_request_is_sent_shown_and_taken_back(client: Client, closed: Space, zed: User) -> None:
    client.force_login(zed)

    client.post("/s/backroom/request", {"message": "I start in January."})
    page = client.get("/s/backroom/about").content.decode()
    taken_back = client.post("/s/backroom/request/removal")

    assert ("You asked to join" in page, "I start in January." in page) == (True, True)
    assert (taken_back.status_code, JoinRequest.objects.count()) == (303, 0)


def test_request_that_is_too_long_is_shown_again(client: Client, closed: Space, zed: User) -> None:
    client.force_login(zed)
    message = "x" * 301

    answer = client.post("/s/backroom/request", {"message": message})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert (message in page, "At most 300 characters; this has 301." in page) == (True, True)
    assert not JoinRequest.objects.exists()


def test_invitation_is_taken_up_from_the_closed_page(
    client: Client, secret: Space, mia: User, zed: User
) -> None:
    invite_to_space(secret, zed, by=mia)
    client.force_login(zed)

    page = client.get("/s/cellar/about").content.decode()
    client.post("/s/cellar/membership")

    assert "Mia keeps a place for you." in page
    assert zed.memberships.get().space == secret


def test_declined_invitation_hides_the_secret_space_again(
    client: Client, secret: Space, mia: User, zed: User
) -> None:
    invite_to_space(secret, zed, by=mia)
    client.force_login(zed)

    answer = client.post("/s/cellar/invitation/removal")

    assert (answer.status_code, answer["Location"]) == (303, "/spaces")
    assert not SpaceInvitation.objects.exists()
    assert client.get("/s/cellar/about").status_code == 404


@pytest.mark.parametrize(
    "step",
    ["membership", "membership/removal", "request", "request/removal", "invitation/removal"],
)
def test_steps_on_a_secret_space_answer_as_on_a_missing_one(
    client: Client, secret: Space, zed: User, step: str
) -> None:
    client.force_login(zed)

    hidden, missing = client.post(f"/s/cellar/{step}"), client.post(f"/s/nothing/{step}")

    assert (hidden.status_code, hidden.content) == (404, missing.content)


@pytest.mark.parametrize("step", ["request/removal", "invitation/removal"])
def test_what_was_not_asked_or_kept_is_404(
    client: Client, closed: Space, zed: User, ada: User, mia: User, step: str
) -> None:
    other = User.objects.create(handle="other", name="Other", email="o@example.com")
    request_to_join(closed, by=other)
    client.force_login(zed)

    assert client.post(f"/s/backroom/{step}").status_code == 404
    assert JoinRequest.objects.count() == 1


@pytest.mark.parametrize("step", ["membership", "membership/removal", "request"])
def test_reading_changes_nothing(client: Client, space: Space, zed: User, step: str) -> None:
    client.force_login(zed)

    assert client.get(f"/s/workshop/{step}").status_code == 405
