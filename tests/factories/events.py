"""Handlers and fan-out, run by the test itself."""

from collections.abc import Callable

from community.outbox.cursors import handlers
from community.outbox.fanout import advance_fanout
from community.outbox.models import Event


def catching_up() -> Callable[[], None]:
    """Return what lets every handler and fan-out catch up with what was recorded so far.

    Not through cursors: on PostgreSQL those rightly leave events of running transactions for
    later, and the test itself is one.
    """
    seen = 0

    def run() -> None:
        nonlocal seen
        for event in Event.objects.filter(pk__gt=seen).order_by("pk"):
            for handle, names in handlers().values():
                if event.name in names:
                    handle(event)
            seen = event.pk
        while advance_fanout():
            pass

    return run
