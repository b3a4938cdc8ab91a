"""Two sites that differ in private things alone answer those alike who may not know these."""

import os
import random
import re
import secrets
from collections.abc import Callable, Iterator
from http import HTTPStatus

import pytest
import time_machine
from django.core.cache import caches
from django.http.response import HttpResponseBase
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space, Visibility
from discussions.topics.models import Topic
from learning.collections.actions import create_collection
from learning.collections.items import add_item
from learning.collections.models import Collection
from tests.factories.community import make_space
from tests.factories.discussions import make_link
from tests.house.crawler import asked_for, note_refusal, route_of
from tests.house.forms import forms
from tests.house.make_world import make_world
from tests.house.operations import Asked, everything, send
from tests.house.private_spaces import fill_space
from tests.house.visitor import Visitor, undone
from tests.house.world import World

pytestmark = pytest.mark.slow

Run = Callable[[], None]
# Status, headers and body.
Answer = tuple[int, dict[str, str], bytes]
# What the other addresses of a route get that takes no GET.
REFUSED: Answer = (HTTPStatus.METHOD_NOT_ALLOWED, {}, b"")
# What is left of a limit depends on what was asked before.
COUNTED = {"RateLimit"}
# Where the events stand is told in strings of one length that say nothing: see http/position.py.
POSITION = re.compile(rb' data-position="[\w-]{43}"')


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    """The sites are looked at in the same moment."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def world(handle_events: Run) -> World:
    made = make_world()
    handle_events()
    return made


@pytest.mark.parametrize("role", ["stranger", "anonymous"])
def test_answers_are_the_same_whatever_is_private(
    world: World, handle_events: Run, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    person = world.people.get(role)
    # Of a closed space everybody knows that it is there, so it is there in both.
    closed = make_den(world, Visibility.CLOSED)
    link, shelf = make_own(world, world.people["stranger"])
    handle_events()
    with undone():
        fuller = fill(world, closed)
        handle_events()
        requests = [
            *(Asked("GET", one, "") for one in asked_for(fuller)),
            *everything(fuller),
            *forms(fuller, [world.lobby[0].space, closed], link, shelf),
        ]
        met = answers(person, requests, monkeypatch)
    expected = answers(person, requests, monkeypatch)
    assert different(requests, met, expected) == []
    assert len(requests) > 500


def fill(world: World, closed: Space) -> World:
    """Things of every kind in closed and in a secret space that was not there."""
    secret = make_den(world, Visibility.SECRET)
    # Anew, since people remember what they may read.
    people = {role: User.objects.get(pk=person.pk) for role, person in world.people.items()}
    fuller = World(people=people, link_token=world.link_token, rosters=world.rosters)
    for space in (closed, secret):
        fuller.spaces.append(space)
        fill_space(fuller, space, world.lobby[0], world.open_collections[0])
    fuller.open_collections += world.open_collections
    return fuller


def make_own(world: World, person: User) -> tuple[Topic, Collection]:
    """What person may change, so that their forms get as far as what is typed into them."""
    link = make_link(world.lobby[0].space, by=person, title="What else is open?")
    shelf = create_collection(by=person, title="To be read by all")
    add_item(shelf, link, by=person)
    return link, shelf


def make_den(world: World, visibility: Visibility) -> Space:
    members = (world.people["member"], world.people["former member"])
    name, owner = f"Another {visibility}", world.people["owner"]
    return make_space(name, owner=owner, members=members, visibility=visibility)


def answers(
    person: User | None, requests: list[Asked], monkeypatch: pytest.MonkeyPatch
) -> list[Answer]:
    caches["fast"].clear()
    chance_of(len(requests), monkeypatch)
    visitor = Visitor(person)
    found = []
    refused: set[str] = set()
    for number, asked in enumerate(requests):
        if route_of(asked.address) in refused and not asked.body:
            found.append(REFUSED)
            continue
        chance_of(number, monkeypatch)
        with visitor.visit() as client:
            answer = client.get(asked.address) if not asked.body else send(client, asked)
            note_refusal(answer, asked.address, refused)
            found.append(parts_of(answer))
    monkeypatch.undo()
    return found


def chance_of(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tokens and random ids be the same whenever this request is sent."""
    chance = random.Random(number)
    monkeypatch.setattr(secrets, "choice", chance.choice)
    monkeypatch.setattr(secrets, "token_bytes", lambda count=None: chance.randbytes(count or 32))
    monkeypatch.setattr(os, "urandom", chance.randbytes)


def parts_of(answer: HttpResponseBase) -> Answer:
    headers = {name: value for name, value in answer.headers.items() if name not in COUNTED}
    return answer.status_code, headers, POSITION.sub(b"", answer.getvalue())


def different(requests: list[Asked], met: list[Answer], expected: list[Answer]) -> list[str]:
    rows = zip(requests, met, expected, strict=True)
    return [f"{asked.method} {asked.address}" for asked, one, other in rows if one != other]
