"""Forms of pages that somebody may open, filled in with private things."""

from collections.abc import Iterator
from itertools import product
from urllib.parse import urlencode

from community.spaces.models import Space
from discussions.topics.models import Topic
from learning.collections.models import Collection
from tests.house.crawler import API, PARAMETER, PAYLOAD, WRITTEN_OUT, address_of, routes
from tests.house.operations import Asked
from tests.house.world import World

# What a form takes instead of what a stranger would type there.
FIELDS = PAYLOAD | {
    "source": "See [[t:{topic}]], #{tag} and ![it](/f/{file}/x.png).",
    "url": "{address}",
    "title": "{title}",
    "reply_to": "{post}",
    "collection": "{collection}",
    "stand_in": "member",
    "key": "typed-once",
}


def forms(world: World, spaces: list[Space], link: Topic, shelf: Collection) -> Iterator[Asked]:
    """Yield a form for each page that leads to one of spaces, or to link or shelf.

    Pages about private things are asked for in test_hidden_is_missing.py.
    """
    body = urlencode(filled_in(world))
    for text, pattern in routes():
        if text.startswith(API) or pattern.name in WRITTEN_OUT:
            continue
        names = [match["name"] for match in PARAMETER.finditer(text)]
        choices = [known_values(text, name, spaces, link, shelf) for name in names]
        for chosen in product(*choices):
            yield Asked("POST", address_of(text, chosen), body, is_form=True)


def filled_in(world: World) -> dict[str, str]:
    hidden, post = world.topics[-1], world.posts[-1]
    names = {
        "secret": world.spaces[-1].slug,
        "topic": hidden.public_id,
        "title": hidden.title,
        "post": post.public_id,
        "tag": world.tags[-1].name,
        "file": world.files[-1].public_id,
        "collection": world.collections[-1].public_id,
        "address": f"https://example.org/{world.tokens['secret shared address']}",
    }
    return {field: text.format(**names) for field, text in FIELDS.items()}


def known_values(
    text: str, name: str, spaces: list[Space], link: Topic, shelf: Collection
) -> list[str]:
    if name == "public_id":
        starts = {
            "library/collections/": shelf.public_id,
            "collection-items/": shelf.items.get().public_id,
            "posts/": link.posts.get().public_id,
        }
        found = (known for start, known in starts.items() if text.startswith(start))
        return [next(found, link.public_id)]
    return {
        "slug": ["x"] if text.startswith("t/") else [space.slug for space in spaces],
        "handle": ["member"],
        "name": ["open"],
        "number": ["1"],
        "width": ["64"],
    }.get(name, ["x"])
