"""What is shared already under an address, for programs."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.api.shapes import written
from community.spaces.models import Space
from discussions.resources.models import Resource
from discussions.topics.models import Topic
from tests.factories.discussions import make_link
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

ADDRESS = "https://example.org/tunnels"
LINK = {"space": "workshop", "url": ADDRESS, "source": "Read it.", "tags": ["vpn"]}


def share(person: User, sent: dict[str, Any] = LINK, **headers: str) -> Any:
    return Program(person).ask("POST", "/resources/links", sent, **headers)


def look_up(person: User, address: str = ADDRESS, more: str = "") -> Any:
    return Program(person).get(f"/resources?address={quote(address, safe='')}{more}")


def test_page_that_is_shared_already_is_refused_and_named(
    space: Space, closed: Space, ada: User, ben: User
) -> None:
    topics = [make_link(where, by=ada, url=ADDRESS) for where in (space, closed)]

    refused = share(ben, LINK | {"url": "http://example.org/tunnels/?utm_source=mail#part"})

    assert refused.status_code == 422
    existing = [
        {"id": topic.public_id, "title": topic.title, "url": topic.get_absolute_url()}
        for topic in reversed(topics)
    ]
    said = {"pointer": "#/again", "detail": "This page is shared already.", "existing": existing}
    assert refused.json()["errors"] == [said]
    assert Topic.objects.count() == 2
    assert share(ben, LINK | {"again": True}).status_code == 201


def test_what_somebody_may_not_read_is_not_named(
    space: Space, closed: Space, secret: Space, ada: User, zed: User, gil: User
) -> None:
    for where in (closed, secret):
        make_link(where, by=ada, url=ADDRESS)
    for person in (zed, gil):
        found, missing = look_up(person), look_up(person, "https://example.org/other")
        assert (found.status_code, found.content) == (200, missing.content)
    assert share(zed).status_code == 201
    assert [row["space"]["slug"] for row in look_up(gil).json()["results"]] == ["workshop"]
    assert len(look_up(ada).json()["results"]) == 3
    assert Client().get("/api/v1/resources?address=x").status_code == 401


def test_repeat_with_the_same_key_gets_the_first_answer(space: Space, ada: User) -> None:
    first, again = (share(ada, idempotency_key="k") for _try in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = share(ada, idempotency_key="j")
    assert (other.status_code, Topic.objects.count()) == (422, 1)


def test_address_leads_to_what_is_shared_under_it(space: Space, ada: User, ben: User) -> None:
    first, second = (make_link(space, by=ada, url=ADDRESS) for _number in range(2))
    make_link(space, by=ada)

    page = look_up(ben, f"{ADDRESS}/?fbclid=1", "&limit=1").json()
    [row] = page["results"]
    rest = Program(ben).get(page["next"].partition("/api/v1")[2]).json()

    assert row == {
        "id": second.public_id,
        "title": second.title,
        "space": {"slug": "workshop", "name": "Workshop"},
        "shared_at": written(Resource.objects.get(topic=second).shared_at),
        "url": second.get_absolute_url(),
    }
    assert ([one["id"] for one in rest["results"]], rest["next"]) == ([first.public_id], None)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "address"),
        ("?address=", "address"),
        ("?address=nowhere", "address"),
        (f"?address=https://example.org/{'x' * 2_000}", "address"),
        (f"?address={ADDRESS}&q=x", "q"),
    ],
)
def test_what_is_no_address_is_told(ada: User, query: str, parameter: str) -> None:
    refused = Program(ada).get(f"/resources{query}")
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, parameter)


@pytest.mark.parametrize("rows", [1, 3])
def test_look_up_costs_the_same_with_more_rows(
    space: Space, ada: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make_link(space, by=ada, url=ADDRESS)
    program = Program(ada)
    with django_assert_num_queries(2):
        found = program.get(f"/resources?address={ADDRESS}").json()["results"]
    assert len(found) == rows
