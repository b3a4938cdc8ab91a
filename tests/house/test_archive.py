"""Nothing is written in an archived space, whatever its owner sends to whichever address."""

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db.models import Model, QuerySet
from django.test import Client

from community.spaces.archiving import archive_space
from community.spaces.models import Space
from config.readers import READERS
from tests.house.crawler import PAYLOAD, addresses
from tests.house.make_world import make_world
from tests.house.world import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# How a row names its space.
WAYS = ("space", "topic__space", "post__topic__space", "answer__topic__space", "source__space")
# People still go, take back what they asked, and decline a place that is kept for them.
PEOPLE = {"Membership", "JoinRequest", "SpaceInvitation"}
# Who belongs to it, and what was written of late, stands on the space's row as well.
COUNTED = {"member_count", "archived_at"}


@pytest.fixture
def world(handle_events: Callable[[], None]) -> World:
    made = make_world()
    for space in made.spaces:
        archive_space(space, by=made.people["owner"])
    handle_events()
    return made


def test_owner_writes_nothing_in_an_archived_space(world: World) -> None:
    before = rows(world)
    client = Client()
    client.force_login(world.people["owner"])
    names = {
        "secret": world.spaces[-1].slug,
        "topic": world.topics[0].public_id,
        "tag": world.tags[0].name,
    }
    payload = {key: text.format(**names) for key, text in PAYLOAD.items()}
    for address in addresses(world):
        if address.startswith("/account/") or address.endswith("/archival/removal"):
            continue
        client.post(address, payload)
    assert rows(world) == before
    assert len(before) > 10


def rows(world: World) -> dict[str, list[dict[str, object]]]:
    """What stands in the archived spaces, by model."""
    return {
        model.__name__: [without_counts(row) for row in found.order_by("pk").values()]
        for model, found in of_spaces(world)
    }


def of_spaces(world: World) -> Iterator[tuple[type[Model], QuerySet[Model]]]:
    ids = [space.pk for space in world.spaces]
    yield Space, Space.objects.filter(pk__in=ids)
    for label, reader in READERS.items():
        model = apps.get_model(label)
        names = {field.name for field in model._meta.get_fields()}
        ways = [way for way in WAYS if way.partition("__")[0] in names]
        if reader == "space" and ways and model.__name__ not in PEOPLE:
            yield model, model._default_manager.filter(**{f"{ways[0]}__in": ids})


def without_counts(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in COUNTED}
