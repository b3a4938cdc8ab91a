"""Tags that no topic carries, for programs."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.api.shapes import written
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Space
from discussions.tags.models import Tag, TagCount
from tests.factories.discussions import make_topic
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

REMOVAL = "/unused-tags/removal"


def make_unused(space: Space, *names: str) -> None:
    for name in names:
        TagCount.objects.create(tag=Tag.objects.create(name=name), space=space)


def names(program: Program) -> list[str]:
    return [row["name"] for row in program.get("/unused-tags").json()["results"]]


def test_unused_tags_are_listed_by_pages_and_removed(
    space: Space, ada: User, admin: User, handle_events: Any
) -> None:
    make_topic(space, by=ada, tags=["used"])
    handle_events()
    make_unused(space, "telex", "fax", "pager")
    program = Program(admin)

    first = program.get("/unused-tags?limit=2").json()
    second = program.get(first["next"].partition("/api/v1")[2]).json()
    telex = Tag.objects.get(name="telex")
    assert first["results"][0] == {"name": "telex", "created_at": written(telex.created_at)}
    assert [row["name"] for row in first["results"] + second["results"]] == [
        "telex",
        "fax",
        "pager",
    ]

    removed = program.ask("POST", REMOVAL, {"tags": ["telex", "fax", "used", "nothing"]})
    assert (removed.status_code, removed.json()) == (200, {"removed": 2})
    assert names(program) == ["pager"]
    again = program.ask("POST", REMOVAL, {"tags": ["telex"]})
    assert (again.json(), Tag.objects.filter(name="used").exists()) == ({"removed": 0}, True)


def test_unused_tags_of_a_hidden_space_are_neither_told_nor_touched(
    space: Space, secret: Space, zed: User, mia: User
) -> None:
    make_unused(secret, "deep")
    make_unused(space, "telex")
    for person in (zed, mia):
        grant_capability(person, Capability.TAGS, by=None)
    assert names(Program(mia)) == ["deep", "telex"]
    assert names(Program(zed)) == ["telex"]
    hidden, missing = (
        Program(zed).ask("POST", REMOVAL, {"tags": [name]}) for name in ("deep", "nothing")
    )
    assert hidden.json() == missing.json() == {"removed": 0}
    assert Tag.objects.filter(name="deep").exists()


def test_others_guests_and_nobody_neither_list_nor_remove(
    space: Space, ada: User, gil: User, admin: User
) -> None:
    make_unused(space, "telex")
    sent = {"tags": ["telex"]}
    for program in (Program(ada), Program(gil)):
        assert program.get("/unused-tags").status_code == 403
        assert program.ask("POST", REMOVAL, sent).status_code == 403
    assert Program(admin, "discussions:read").ask("POST", REMOVAL, sent).status_code == 403
    assert Client().get("/api/v1/unused-tags").status_code == 401
    assert Tag.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({}, "#/tags"),
        ({"tags": []}, "#/tags"),
        ({"tags": "telex"}, "#/tags"),
        ({"tags": [1]}, "#/tags/0"),
        ({"tags": ["x"] * 201}, "#/tags"),
        ({"tags": ["x"], "all": True}, "#/all"),
    ],
)
def test_wrong_choice_is_pointed_at(admin: User, sent: dict[str, Any], pointer: str) -> None:
    refused = Program(admin).ask("POST", REMOVAL, sent)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_every_length(
    space: Space, admin: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_unused(space, *(f"old{number}" for number in range(rows)))
    program = Program(admin)
    with django_assert_num_queries(3):
        assert len(program.get("/unused-tags").json()["results"]) == rows
