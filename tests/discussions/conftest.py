"""Handlers run when a test says so."""

from collections.abc import Callable

import pytest

from community.outbox.cursors import advance, behind


@pytest.fixture
def handle_events(db: None) -> Callable[[], None]:
    """Let every handler catch up, as the worker does."""

    def run() -> None:
        for name in behind():
            while advance(name):
                pass

    return run
