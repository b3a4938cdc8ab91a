"""The world of private things that each test of the canary visits."""

from collections.abc import Callable

import pytest

from tests.house.make_world import known_to_colleagues, make_world
from tests.house.world import World


@pytest.fixture
def world(handle_events: Callable[[], None]) -> World:
    made = make_world()
    handle_events()
    return made


@pytest.fixture
def company(world: World) -> World:
    """What every colleague knows counts as private."""
    return known_to_colleagues(world)
