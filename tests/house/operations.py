"""Every operation of the API, from its own description, filled in with a world's private things."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from community.accounts.models import User
from config.api.schema import description
from tests.house.crawler import PAYLOAD, Leak, leaks, values
from tests.house.world import World

PREFIX = "/api/v1/"
# What a field takes; the others take a word.
FIELDS: dict[str, Any] = {
    **PAYLOAD,
    "value": 1,
    "number": 1,
    "hue": 3,
    "tags": ["open"],
    "until": "2030-01-01T00:00:00Z",
    "level": "mute",
    "owner": "stranger",
    "curators": ["stranger"],
    "place": 1,
    "visibility": "open",
    "joining": "request",
    "icon": "lock",
    "allows_down_votes": True,
    "allows_several_solutions": True,
    "handle": "stranger",
    "time_zone": "UTC",
    "locale": "en",
    "email": "other@example.com",
    "to": "{secret}",
    "seen": "0" * 32,
    "stars": 5,
    "minutes": 12,
    "language": "en",
    "file": "none-such",
    "captions": "00:01.000 --> 00:02.000\nTyped by somebody else.",
    "note": "Typed by somebody else.",
    "people": ["stranger"],
    "spaces": ["{secret}"],
    "days": 3,
    "max_uses": 2,
    "is_guest": False,
    "pronouns": "they/them",
    "answer": "Typed by somebody else.",
    "direction": "up",
}
# The first ends the asking; the others change, as they should, who is in private spaces.
LEFT_OUT = {
    ("put", "me/handle"),
    ("put", "people/{handle}/deactivation"),
    ("put", "people/{handle}/guest"),
}


@dataclass(frozen=True)
class Asked:
    method: str
    address: str
    body: str
    # As a browser sends it, to a page; else to the API.
    is_form: bool = False


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield method, path behind PREFIX, and what the description says."""
    for path, methods in description()["paths"].items():
        for method, said in methods.items():
            if (method, path.removeprefix(PREFIX)) not in LEFT_OUT:
                yield method, path.removeprefix(PREFIX), said


def body_of(said: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """A body that the operation takes."""
    content = said.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return {}
    name = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
    schema = description()["components"]["schemas"][name]
    return {name: fields[name] for name in schema["properties"] if name in fields}


def body_for(method: str, address: str) -> dict[str, Any]:
    """A body that the operation at address takes; {} where there is none."""
    try:
        route = resolve(address).route
    except Resolver404:
        return {}
    path = route.removeprefix(PREFIX[1:]).replace("<str:", "{").replace("<int:", "{")
    said = description()["paths"].get(f"{PREFIX}{path.replace('>', '}')}", {})
    return body_of(said.get(method, {}), FIELDS)


def ask_everything(world: World, person: User | None) -> Iterator[Leak]:
    """Yield what person gets to see by every operation; reads come before writes."""
    client = Client(raise_request_exception=True)
    if person is not None:
        client.force_login(person)
    for asked in everything(world):
        yield from leaks(world, asked.address, send(client, asked), [asked.body])


def send(client: Client, asked: Asked) -> HttpResponseBase:
    return client.generic(
        asked.method,
        asked.address,
        asked.body,
        content_type="application/x-www-form-urlencoded" if asked.is_form else "application/json",
        headers={} if asked.is_form else {"If-Match": "*"},
    )


def everything(world: World) -> Iterator[Asked]:
    """Yield a request for every operation and everything that it can be asked about."""
    names = {
        "secret": world.spaces[-1].slug,
        "topic": world.topics[0].public_id,
        "tag": world.tags[0].name,
        "address": f"https://example.org/{world.tokens['secret shared address']}",
    }
    fields = {name: filled(value, names) for name, value in FIELDS.items()}
    for method, path, said in sorted(operations(), key=lambda one: one[0] != "get"):
        body = body_of(said, fields)
        for address in addresses_of(world, path, said, names):
            yield Asked(method.upper(), address, json.dumps(body))


def filled(value: Any, names: dict[str, str]) -> Any:
    """With the names of private things in the place of braces."""
    if isinstance(value, list):
        return [filled(one, names) for one in value]
    return value.format(**names) if isinstance(value, str) else value


def addresses_of(
    world: World, path: str, said: dict[str, Any], names: dict[str, str]
) -> Iterator[str]:
    """Each combination of what its path can name, and each parameter once by itself."""
    parameters = said.get("parameters", [])
    in_path = [part["name"] for part in parameters if part["in"] == "path"]
    wanted = {"space": names["secret"], "tag": names["tag"], "q": "zq", "author": "member"}
    wanted["address"] = names["address"]
    queries = [""]
    for part in parameters:
        if part["in"] == "query":
            choices = part["schema"].get("enum", [wanted.get(part["name"], "1")])
            queries += [f"?{part['name']}={choice}" for choice in choices]
    for chosen in product(*(values(world, path, name) for name in in_path)):
        filled = path.format(**dict(zip(in_path, chosen, strict=True)))
        yield from (f"{PREFIX}{filled}{query}" for query in queries)
