"""Whoever may not know what is private meets none of its tokens in the API."""

import pytest

from tests.house.canary.outsiders import OUTSIDERS, private_rows, unexpected
from tests.house.operations import ask_everything
from tests.house.world import World

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("role", [*OUTSIDERS, "anonymous"])
def test_outsider_gets_and_changes_nothing_by_the_api(world: World, role: str) -> None:
    before = private_rows(world)
    assert unexpected(ask_everything(world, world.people.get(role)), role) == []
    assert private_rows(world) == before


def test_owner_gets_every_kind_of_token_by_the_api(world: World) -> None:
    met = {leak.carrier for leak in ask_everything(world, world.people["owner"])}
    assert {"secret title", "secret text", "secret answer", "secret rules", "join request"} <= met
    assert {"invited address", "invited name", "audience", "answer in a field"} <= met
