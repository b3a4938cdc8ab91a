"""Visits every address of the site, filled in with the private objects of a world."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import product

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from community.accounts.models import User
from community.audiences.models import Audience
from community.fields.models import Field
from community.files.models import File
from community.invitations.models import Invitation, InvitationLink
from community.roster.models import Roster
from config.api.schema import description
from discussions.drafts.models import Draft
from discussions.exports.models import Export
from discussions.saved.models import SavedPost
from discussions.sheets.models import Sheet
from discussions.topics.models import Post, Topic
from learning.collections.models import Collection, CollectionItem
from tests.house.world import World

API = "api/v1/"
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
# Addresses that are made from a regular expression, by route name.
WRITTEN_OUT = {"account_reset_password_from_key": ["account/password/reset/key/1-abc-def/"]}
# Everybody reads these, and what is in them only few.
OPEN_COLLECTION = (
    ("/library/collections/", ""),
    ("/library/collections/", "/items?q=zq"),
    ("/api/v1/collections/", ""),
    ("/api/v1/collections/", "/items"),
)
# What a form or a suggestion field might send, and what lists take in their address.
QUERIES = (
    "q=zq",
    "order=active",
    "order=popular",
    "order=unread",
    "tag={tag}&by=member",
    "state=closed&since=2020-01-01",
    "order=unanswered",
    "order=mine",
    "show=closed",
    "show=mine",
    "show=all&q=zq",
    "space={secret}",
    "kind=question&space={secret}&title=x",
    "quote=1",
    "reply=2",
    "after=x",
)
PAYLOAD = {
    "source": "Typed by somebody else.",
    "title": "Typed by somebody else",
    "text": "See [[t:{topic}]] and #{tag}",
    "tags": "open",
    "space": "{secret}",
    "kind": "question",
    "reason": "because",
    "value": "1",
    "version": "1",
    "message": "Let me in",
    "number": "1",
    "person": "stranger",
    "role": "owner",
    "name": "Other name",
    "into": "{tag}",
    "until": "2030-01-01",
    "url": "https://example.org/",
    "stars": "5",
    "sentence": "Typed by somebody else.",
    "email": "typed@example.com",
    "description": "Typed by somebody else.",
    "why": "Typed by somebody else.",
    "owner": "@stranger",
    "topic": "{topic}",
}


@dataclass(frozen=True)
class Leak:
    carrier: str
    address: str

    def __str__(self) -> str:
        return f"{self.carrier} at {self.address}"


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Yield each route with its whole text."""
    yield from _routes("", get_resolver().url_patterns)


def _routes(
    before: str, patterns: list[URLPattern | URLResolver]
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        text = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(text, pattern.url_patterns)
        else:
            yield text, pattern


def addresses(world: World) -> Iterator[str]:
    """Yield every address. Raises LookupError that names a route which can't be filled in."""
    for collection in world.open_collections:
        yield from (start + collection.public_id + end for start, end in OPEN_COLLECTION)
    for text, pattern in routes():
        if pattern.name in WRITTEN_OUT:
            yield from (f"/{address}" for address in WRITTEN_OUT[str(pattern.name)])
            continue
        names = [match["name"] for match in PARAMETER.finditer(text)]
        choices = [values(world, text, name) for name in names]
        for chosen in product(*choices):
            yield address_of(text, chosen)


def address_of(route: str, chosen: Iterable[str]) -> str:
    """The address of a route whose parameters, in their order, are chosen."""
    left = iter(chosen)
    return "/" + PARAMETER.sub(lambda _: next(left), route)


def values(world: World, route: str, name: str) -> list[str]:
    """The values of one parameter of a route; the API names things as the pages do."""
    route = route.removeprefix(API)
    origin = {
        "system": [row.system for row in world.origins][:1],
        "kind": ["question"],
        "external_id": [row.external_id for row in world.origins],
    }
    known = origin | {
        "handle": ["member", "asks", "g-secret", "otto"],
        "name": ["x"] if route.startswith("f/") else [tag.name for tag in world.tags],
        "number": ["1", "2"],
        "width": ["64"],
        "public_id": [row.public_id for row in subjects(world, route)],
        "slug": ["x"] if route.startswith("t/") else [space.slug for space in world.spaces],
        "id": ["1"],
        "place": ["start", *(draft.place for draft in world.drafts)],
        "language": ["en"],
        "synonym": ["open"],
        "capability": ["community.tags"],
        "token": [world.link_token, "made-up"],
    }
    if name not in known:
        raise LookupError(
            f"The crawler can't fill in <{name}> of {route}: say in tests/house/crawler.py how."
        )
    return known[name]


Subject = (
    Topic
    | Post
    | File
    | Export
    | Sheet
    | Draft
    | SavedPost
    | Roster
    | Collection
    | CollectionItem
    | Field
    | Audience
    | Invitation
    | InvitationLink
)


def subjects(world: World, route: str) -> Sequence[Subject]:
    """What an address with a public id is about."""
    if "/sheets/" in route:
        return world.sheets
    lists: dict[tuple[str, ...], Sequence[Subject]] = {
        ("f/", "files/", "photos/", "me/files/"): world.files,
        ("admin/roster/", "rosters/"): world.rosters,
        ("admin/fields/", "fields/", "me/answers/"): world.fields,
        ("admin/audiences/", "audiences/"): world.audiences,
        ("admin/invitations/links/", "invitation-links/"): world.links,
        ("admin/invitations/", "invitations/"): world.invitations,
        ("drafts/",): world.drafts,
        ("saved/",): world.saved,
        ("me/exports/",): world.exports,
        ("library/collections/", "collections/"): world.collections,
        ("collection-items/",): world.items,
        ("t/", "topics/", "resources/"): world.topics,
    }
    # An id of something else is as good as any where the world has nothing of the kind.
    others = world.posts if route.startswith("posts/") else world.posts[:1]
    return next((rows for starts, rows in lists.items() if route.startswith(starts)), others)


def crawl(world: World, person: User | None) -> Iterator[Leak]:
    """Yield what person (None: nobody signed in) gets to see by reading every address."""
    client = Client(raise_request_exception=True)
    if person is not None:
        client.force_login(person)
    refused: set[str] = set()
    for asked in asked_for(world):
        if route_of(asked) not in refused:
            answer = client.get(asked, follow=True)
            note_refusal(answer, asked, refused)
            yield from leaks(world, asked, answer)


def route_of(asked: str) -> str:
    return resolve(asked.partition("?")[0]).route


def note_refusal(answer: HttpResponseBase, asked: str, refused: set[str]) -> None:
    """Remember the route that doesn't take the method: it says so whatever it is filled with."""
    led_on = getattr(answer, "redirect_chain", [])
    if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not led_on:
        refused.add(route_of(asked))


def asked_for(world: World) -> Iterator[str]:
    """Yield every address, those of lists with what they take as well.

    What the API describes is asked by operations.py, with all that it takes.
    """
    names = {"secret": world.spaces[-1].slug, "tag": world.tags[-1].name}
    for address in addresses(world):
        if is_described(route_of(address)):
            continue
        queries = QUERIES if address.count("/") == 1 else ()
        for query in ("", *(text.format(**names) for text in queries)):
            yield f"{address}?{query}" if query else address


def is_described(route: str) -> bool:
    path = "/" + PARAMETER.sub(r"{\g<name>}", route)
    return "get" in description()["paths"].get(path, {})


def push(world: World, person: User | None) -> Iterator[Leak]:
    """Yield what person gets to see by writing to every address."""
    client = Client(raise_request_exception=True)
    if person is not None:
        client.force_login(person)
    names = {
        "secret": world.spaces[-1].slug,
        "topic": world.topics[0].public_id,
        "tag": world.tags[0].name,
    }
    payload = {key: text.format(**names) for key, text in PAYLOAD.items()}
    refused = {"account/logout/"}
    for address in addresses(world):
        if route_of(address) not in refused:
            answer = client.post(address, payload, follow=True)
            note_refusal(answer, address, refused)
            yield from leaks(world, address, answer, [*payload.values()])


def leaks(
    world: World, asked: str, response: HttpResponseBase, typed: list[str] | None = None
) -> Iterator[Leak]:
    """Yield the tokens in an answer, what was asked for aside: an address may be echoed."""
    led = [address for address, _status in getattr(response, "redirect_chain", [])]
    said = f"{led}\n{response.headers!s}\n{response.getvalue().decode(errors='replace')}"
    for carrier, token in world.tokens.items():
        own = token in asked or any(token in text for text in typed or ())
        if token in said and not own:
            yield Leak(carrier, asked)
