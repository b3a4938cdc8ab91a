"""The first page of a topic as HTML, kept for a minute: it holds nothing of who reads it.

A key names all that the HTML depends on. Every write on a topic records an event, whose id is part
of the key; a name that changed elsewhere shows after SECONDS at the latest, and so does an import,
which records no events.
"""

import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.db.models import Exists, Max, Subquery
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from community.accounts.models import User
from community.outbox.models import Event
from discussions.topics.models import Deletion, Topic

SECONDS = 60
MAX_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Fragments:
    """What stands above the posts of a topic, and the posts with what happened to the topic."""

    head: SafeString
    posts: SafeString


@dataclass(frozen=True)
class Packed:
    """Fragments, compressed to about a tenth; unpacking takes a quarter of a millisecond."""

    head: bytes
    posts: bytes

    @classmethod
    def of(cls, made: Fragments) -> "Packed":
        return cls(zlib.compress(made.head.encode(), 1), zlib.compress(made.posts.encode(), 1))

    def unpack(self) -> Fragments:
        head, posts = zlib.decompress(self.head), zlib.decompress(self.posts)
        return Fragments(mark_safe(head.decode()), mark_safe(posts.decode()))  # noqa: S308 as rendered

    @property
    def bytes(self) -> int:
        return len(self.head) + len(self.posts)


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
    """The newest fragments of this process and this period, at most MAX_BYTES of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Packed] = OrderedDict()
        self._bytes = 0
        self._period = 0

    def get(self, key: Hashable, make: Callable[[], Fragments]) -> Fragments:
        period = int(time.monotonic() / SECONDS)
        with self._lock:
            self._begin(period)
            found = self._kept.get(key)
        if found is not None:
            return found.unpack()
        made = make()
        packed = Packed.of(made)
        with self._lock:
            self._keep(key, packed, period)
        return made

    def _begin(self, period: int) -> None:
        if period != self._period:
            self._kept.clear()
            self._bytes, self._period = 0, period

    def _keep(self, key: Hashable, made: Packed, period: int) -> None:
        if period != self._period or key in self._kept:
            return
        self._kept[key] = made
        self._bytes += made.bytes
        while self._bytes > MAX_BYTES:
            self._bytes -= self._kept.popitem(last=False)[1].bytes


shelf = Shelf()


def key_of(topic: Topic, state: State, *shown: Hashable) -> Hashable:
    """shown is what else decides: what the reader may do."""
    zone = timezone.get_current_timezone_name()
    return (topic.public_id, state.newest_event, get_language(), zone, *shown)
