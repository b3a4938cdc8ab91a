from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.community.outbox import sample_handlers


@pytest.fixture(autouse=True)
def sample(settings: Settings) -> Iterator[None]:
    """Only the sample handlers are subscribed; those of events that always fail do."""
    settings.SUBSCRIPTIONS = f"{sample_handlers.__name__}.SUBSCRIPTIONS"
    settings.FANOUTS = f"{sample_handlers.__name__}.FANOUTS"
    sample_handlers.broken.clear()
    sample_handlers.broken.add("always")
    yield
    sample_handlers.broken.clear()


@pytest.fixture
def effects_table(db: None) -> Iterator[None]:
    sample_handlers.make_effects_table()
    yield
    sample_handlers.drop_effects_table()
