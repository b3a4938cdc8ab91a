"""The world of private things that each test of the canary visits."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from tests.factories.events import catching_up
from tests.house.make_world import known_to_colleagues, make_world
from tests.house.world import World


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once for the tests of a module, which leave no trace in it: it takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        catching_up()()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def no_search_for_n_plus_one(settings: Settings) -> None:
    """That is left to tests/house/test_pages.py: looking for it takes a fifth of a crawl's time."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]


@pytest.fixture
def world(made_world: World, db: None) -> World:
    return deepcopy(made_world)


@pytest.fixture
def company(world: World) -> World:
    """What every colleague knows counts as private."""
    return known_to_colleagues(world)
