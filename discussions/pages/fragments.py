"""The posts of a topic as HTML, kept for a few seconds: they hold nothing of who reads them.

A key names all that the HTML depends on. Every write on a topic records an event, whose id is part
of the key; a name that changed elsewhere shows after SECONDS at the latest.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.db.models import Exists, Max, Subquery
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from community.accounts.models import User
from community.outbox.models import Event
from discussions.topics.models import Deletion, Topic

SECONDS = 3
KEPT = 100


@dataclass(frozen=True)
class Fragments:
    """What stands above the posts of a topic, and the posts with what happened to the topic."""

    head: SafeString
    posts: SafeString


@dataclass(frozen=True)
class State:
    newest_event: int
    # Posts that this viewer deleted are shown to them, not to others.
    has_own_deleted: bool


def state_of(topic: Topic, viewer: User) -> State:
    """One query."""
    events = Event.objects.filter(topic_id=topic.pk).order_by().values("topic_id")
    own = Deletion.objects.filter(
        post__topic=topic, post__author=viewer, by=viewer, restored_at=None
    )
    opening = topic.posts.filter(number=1).annotate(
        newest=Subquery(events.annotate(newest=Max("id")).values("newest")), own=Exists(own)
    )
    newest, has_own = opening.values_list("newest", "own").get()
    return State(newest or 0, has_own)


class Shelf:
    """The newest KEPT fragments of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Fragments] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Fragments]) -> Fragments:
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = make()
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return found


shelf = Shelf()


def key_of(topic: Topic, state: State, *shown: Hashable) -> Hashable:
    """shown is what else decides: the part of the topic, and what the reader may do."""
    period = int(time.monotonic() / SECONDS)
    zone = timezone.get_current_timezone_name()
    return (topic.public_id, state.newest_event, period, get_language(), zone, *shown)
