"""Spaces, their members and those who would be, for programs."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.access import role_in
from community.spaces.models import Membership, Space, Visibility
from tests.factories.community import add_member, make_person, make_space
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow


def names(answer: Any) -> list[str]:
    return [space["name"] for space in answer.json()["results"]]


def test_space_is_opened_read_and_edited(ada: User) -> None:
    program = Program(ada)
    made = program.ask("POST", "/spaces", {"name": "Robots", "visibility": "closed"})
    path = made.headers["Location"].removeprefix("/api/v1")

    assert made.status_code == 201
    found = program.get(path)
    assert found.json() == made.json()
    assert (found.json()["role"], found.json()["joining"]) == ("owner", "request")
    edited = program.ask("PATCH", path, {"rules": "*Be kind*"}, if_match=found.headers["ETag"])
    assert edited.json()["inside"]["rules_html"] == '<p dir="auto"><em>Be kind</em></p>\n'
    late = program.ask("PATCH", path, {"name": "Other"}, if_match=found.headers["ETag"])
    assert late.status_code == 412
    assert program.ask("PATCH", path, {"visibility": "open"}, if_match="*").status_code == 422


def test_stranger_sees_of_closed_spaces_what_the_page_shows(zed: User, closed: Space) -> None:
    found = Program(zed).get("/spaces/backroom").json()

    assert (found["role"], found["inside"]) == (None, None)
    assert [owner["handle"] for owner in found["owners"]] == ["mia"]
    assert Program(zed).get("/spaces/backroom/members").status_code == 403
    edit = Program(zed).ask("PATCH", "/spaces/backroom", {"name": "Mine"}, if_match="*")
    assert edit.status_code == 403


def test_secret_space_is_listed_for_its_members_only(ada: User, zed: User, secret: Space) -> None:
    assert names(Program(ada).get("/spaces")) == ["Cellar"]
    assert names(Program(zed).get("/spaces")) == []


def test_spaces_are_narrowed(ada: User, space: Space, closed: Space) -> None:
    program = Program(ada)

    assert names(program.get("/spaces?show=mine")) == ["Backroom"]
    assert names(program.get("/spaces?show=open")) == ["Workshop"]
    assert names(program.get("/spaces?q=work")) == ["Workshop"]


def test_open_space_is_joined_and_left(zed: User, space: Space) -> None:
    program = Program(zed)

    joined = program.ask("PUT", "/spaces/workshop/membership")
    again = program.ask("PUT", "/spaces/workshop/membership")

    assert (joined.json()["role"], again.json()) == ("member", joined.json())
    assert program.ask("DELETE", "/spaces/workshop/membership").status_code == 204
    assert role_in(space, User.objects.get(pk=zed.pk)) is None


def test_request_is_asked_listed_and_approved(zed: User, mia: User, closed: Space) -> None:
    asks, keeps = Program(zed), Program(mia)

    asked = asks.ask("PUT", "/spaces/backroom/request", {"message": "Let me in"})
    listed = keeps.get("/spaces/backroom/requests").json()["results"]
    unseen = asks.get("/spaces/backroom/requests")
    approved = keeps.ask("PUT", "/spaces/backroom/requests/zed")

    assert listed == [asked.json()]
    assert unseen.status_code == 403
    assert approved.json()["person"]["handle"] == "zed"


def test_request_is_declined_or_taken_back(zed: User, mia: User, closed: Space) -> None:
    asks = Program(zed)
    asks.ask("PUT", "/spaces/backroom/request", {})
    assert asks.ask("DELETE", "/spaces/backroom/request").status_code == 204
    asks.ask("PUT", "/spaces/backroom/request", {})

    declined = Program(mia).ask("DELETE", "/spaces/backroom/requests/zed")

    assert declined.status_code == 204
    assert not closed.join_requests.exists()


def test_invitation_is_kept_declined_and_withdrawn(zed: User, mia: User, secret: Space) -> None:
    keeps, invited = Program(mia), Program(zed)
    assert invited.ask("PUT", "/spaces/cellar/invitations/zed").status_code == 404

    kept = keeps.ask("PUT", "/spaces/cellar/invitations/zed")

    assert kept.json()["space"]["slug"] == "cellar"
    assert keeps.get("/spaces/cellar/invitations").json()["results"] == [kept.json()]
    assert invited.get("/me/invitations").json()["results"] == [kept.json()]
    assert invited.ask("DELETE", "/spaces/cellar/invitation").status_code == 204
    assert invited.get("/spaces/cellar").status_code == 404
    keeps.ask("PUT", "/spaces/cellar/invitations/zed")
    assert keeps.ask("DELETE", "/spaces/cellar/invitations/zed").status_code == 204


def test_owner_changes_roles_and_puts_people_out(mia: User, ada: User, closed: Space) -> None:
    owner, plain = Program(mia), Program(ada)

    assert plain.ask("PUT", "/spaces/backroom/members/ben", {"role": "owner"}).status_code == 403
    changed = owner.ask("PUT", "/spaces/backroom/members/ben", {"role": "moderator"})
    found = owner.get("/spaces/backroom/members/ben").json()
    out = owner.ask("DELETE", "/spaces/backroom/members/ben")

    assert (changed.json(), found["role"], out.status_code) == (found, "moderator", 204)
    last = owner.ask("DELETE", "/spaces/backroom/membership")
    assert last.json()["errors"][0]["pointer"] == "#"


def test_first_owner_is_named(admin: User, zed: User, mia: User, closed: Space) -> None:
    Membership.objects.filter(space=closed, person=mia).delete()

    unknown = Program(admin).ask("PUT", "/spaces/backroom/owner", {"handle": "nobody"})
    named = Program(admin).ask("PUT", "/spaces/backroom/owner", {"handle": "zed"})

    assert unknown.json()["errors"][0]["pointer"] == "#/handle"
    assert (named.json()["person"]["handle"], named.json()["role"]) == ("zed", "owner")
    assert Program(mia).ask("PUT", "/spaces/backroom/owner", {"handle": "mia"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_many_rows(
    mia: User, closed: Space, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    program = Program(mia)
    for number in range(count):
        make_space(f"Space {number}", owner=mia, visibility=Visibility.SECRET)
        add_member(closed, make_person(), actor=mia)
        guest = make_person()
        program.ask("PUT", f"/spaces/backroom/invitations/{guest.handle}")

    for path, queries in {
        "/spaces": 2,
        "/spaces/backroom": 4,
        "/spaces/backroom/members": 4,
        "/spaces/backroom/invitations": 4,
        "/spaces/backroom/requests": 4,
    }.items():
        with django_assert_num_queries(queries):
            program.get(path)
