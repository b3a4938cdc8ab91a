"""A hidden and a missing thing take the same time: medians within 2 ms over interleaved pairs."""

import time
from statistics import median

import pytest
from django.test import Client

from tests.house.make_world import make_world
from tests.house.world import World

pytestmark = [pytest.mark.proof, pytest.mark.django_db]

PAIRS = 200
WITHIN_MS = 2.0


def test_hidden_takes_as_long_as_missing() -> None:
    world = make_world()
    client = Client()
    client.force_login(world.people["stranger"])
    apart = {}
    for kind, (hidden, missing) in pairs(world).items():
        took: dict[str, list[float]] = {hidden: [], missing: []}
        for number in range(PAIRS):
            for address in (hidden, missing) if number % 2 else (missing, hidden):
                took[address].append(milliseconds(client, address))
        apart[kind] = abs(median(took[hidden]) - median(took[missing]))
    print({kind: round(ms, 2) for kind, ms in apart.items()})  # noqa: T201
    assert {kind: ms for kind, ms in apart.items() if ms > WITHIN_MS} == {}


def milliseconds(client: Client, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    took = (time.perf_counter() - started) * 1000
    assert answer.status_code == 404, address
    return took


def pairs(world: World) -> dict[str, tuple[str, str]]:
    topic, post = world.topics[-1].public_id, world.posts[-1].public_id
    space, tag = world.spaces[-1].slug, world.tags[-1].name
    origin = f"/old/elsewhere.example/question/{world.origins[-1].external_id}"
    return {
        "topic": (f"/t/{topic}/x", "/t/zzzzzzzzzz/x"),
        "post": (f"/posts/{post}/edit", "/posts/zzzzzzzzzz/edit"),
        "revision": (f"/posts/{post}/revisions/1", "/posts/zzzzzzzzzz/revisions/1"),
        "space": (f"/s/{space}", "/s/zzzzzzzzzz"),
        "members": (f"/s/{space}/members", "/s/zzzzzzzzzz/members"),
        "tag": (f"/tags/{tag}", "/tags/zzzzzzzzzz"),
        "origin": (origin, "/old/elsewhere.example/question/none"),
    }
