"""Handlers that have read everything: what stands before the first test's own rows."""

import pytest

from community.accounts.models import User
from community.outbox.cursors import handlers
from community.outbox.models import Cursor
from community.outbox.reading import Position, head


@pytest.fixture(autouse=True)
def newest(admin: User) -> Position:
    """Every handler has read all until now, numbers that earlier tests used up included."""
    newest = head()
    for name in handlers():
        Cursor.objects.create(handler=name, xid=newest.xid, event_id=newest.event_id)
    return newest
