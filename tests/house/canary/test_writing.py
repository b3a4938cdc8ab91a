"""Whoever writes to an address gets and changes nothing private."""

import pytest

from tests.house.canary.outsiders import OUTSIDERS, private_rows, unexpected
from tests.house.crawler import push
from tests.house.world import World

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("role", [*OUTSIDERS, "anonymous"])
def test_outsider_writes_nothing_private_and_reads_no_token(world: World, role: str) -> None:
    before = private_rows(world)
    assert unexpected(push(world, world.people.get(role)), role) == []
    assert private_rows(world) == before
