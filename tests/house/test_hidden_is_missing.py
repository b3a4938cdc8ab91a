"""Whoever may not see a thing gets what somebody gets who made its address up."""

import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.house.crawler import API, PARAMETER, PAYLOAD, routes, subjects
from tests.house.make_world import make_world
from tests.house.operations import body_for
from tests.house.visitor import Visitor
from tests.house.world import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

MADE_UP = {"public_id": "zzzzzzzzzz", "slug": "zzzzzzzz", "name": "zzzzzzzz", "external_id": "999"}
# Status, body, headers, and the statements without the values in them.
Answer = tuple[int, bytes, dict[str, str], list[str]]
# What everybody may know, or what only its office is told at all.
OPEN = ("admin/", "org-units/", "me/answers/")
LITERALS = re.compile(r"'[^']*'|\b[0-9]+\b")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.parametrize(
    ("method", "role", "is_api"),
    [
        ("get", "stranger", False),
        ("get", "former member", False),
        ("get", "moderator elsewhere", False),
        ("get", "guest", False),
        ("post", "stranger", False),
        ("get", "former member", True),
        ("get", "guest", True),
        ("post", "former member", True),
        ("put", "stranger", True),
        ("patch", "stranger", True),
        ("delete", "stranger", True),
    ],
)
def test_hidden_and_missing_answer_alike(
    world: World, method: str, role: str, is_api: bool
) -> None:
    visitor = Visitor(world.people[role])
    compared = [pair for pair in pairs(world) if pair[0].startswith("/api/") == is_api]
    answers = {missing: ask(visitor, method, missing) for missing in {pair[1] for pair in compared}}
    different = [
        f"{hidden} differs from {missing}"
        for hidden, missing in compared
        if ask(visitor, method, hidden) != answers[missing]
    ]
    assert different == []
    assert len(compared) > 40


def ask(visitor: Visitor, method: str, address: str) -> Answer:
    with visitor.visit() as client, CaptureQueriesContext(connection) as asked:
        answer = send(client, method, address)
    statements = [LITERALS.sub("?", one["sql"]) for one in asked.captured_queries]
    headers = {name: value for name, value in answer.headers.items() if name != "RateLimit"}
    return answer.status_code, answer.content, headers, statements


def send(client: Client, method: str, address: str) -> Any:
    """Forms to pages; to the API what the operation takes, with any method."""
    if address.startswith("/api/"):
        return client.generic(
            method.upper(),
            address,
            json.dumps(body_for(method, address)),
            content_type="application/json",
            headers={"If-Match": "*"},
        )
    return client.get(address) if method == "get" else client.post(address, PAYLOAD)


def pairs(world: World) -> Iterator[tuple[str, str]]:
    """Addresses of private things, each with one that has the same shape and leads nowhere."""
    for text, _pattern in routes():
        names = [match["name"] for match in PARAMETER.finditer(text)]
        subjects = [name for name in names if name in MADE_UP]
        if subjects:
            for values in product(*(hidden_values(world, text, name) for name in names)):
                chosen = dict(zip(names, values, strict=True))
                yield (
                    filled(text, chosen),
                    filled(text, chosen | {subjects[0]: made_up(subjects[0])}),
                )


def made_up(name: str) -> str:
    return MADE_UP[name]


def filled(text: str, values: dict[str, str]) -> str:
    return "/" + PARAMETER.sub(lambda match: values[match["name"]], text)


def hidden_values(world: World, text: str, name: str) -> list[str]:
    """What is hidden from people outside; a closed space itself is listed."""
    text = text.removeprefix(API)
    hidden = [one.public_id for one in subjects(world, text)]
    return {
        "public_id": ["none-such"] if text.startswith(OPEN) else hidden,
        "slug": ["x"] if text.startswith("t/") else [world.spaces[-1].slug],
        "name": ["x"] if text.startswith("f/") else [tag.name for tag in world.tags],
        "external_id": [origin.external_id for origin in world.origins],
        "system": ["elsewhere.example"],
        "kind": ["question"],
        "number": ["1"],
        "width": ["64"],
        "language": ["en"],
        "synonym": ["open"],
        "handle": ["member"],
        "capability": ["community.people"],
    }[name]
