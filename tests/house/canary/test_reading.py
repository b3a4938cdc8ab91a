"""Private things carry random tokens; whoever may not know them never meets one in a page."""

import pytest

from tests.house.canary.outsiders import OUTSIDERS, unexpected
from tests.house.crawler import addresses, crawl
from tests.house.world import World

pytestmark = pytest.mark.slow


def test_owner_meets_every_token(world: World) -> None:
    """Without this the others could pass because nothing is shown to anybody."""
    met = {leak.carrier for leak in crawl(world, world.people["owner"])}
    typed = {carrier for carrier in world.tokens if carrier.endswith(" id")}
    assert set(world.tokens) - met - typed == set()


@pytest.mark.parametrize("role", [*OUTSIDERS, "anonymous"])
def test_outsider_reads_no_token(world: World, role: str) -> None:
    person = world.people.get(role)
    assert unexpected(crawl(world, person), role) == []


def test_every_address_is_filled_in(world: World) -> None:
    assert len(list(addresses(world))) > 60
