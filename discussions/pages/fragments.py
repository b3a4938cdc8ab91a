"""The first page of a topic as HTML, kept for minutes: it holds nothing of who reads it.

A key names what the HTML depends on. Every write on a topic records an event, whose id is part of
the key, and so is the last time that a renaming reached all texts. What else changes elsewhere,
such as a headline, shows after SECONDS at the latest; so does an import, which records no events.
"""

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from community.accounts.models import User
from discussions.drafts.places import Form, Place
from discussions.reading.queries import READ_TO, MarkRow
from discussions.topics.models import Topic

SECONDS = 600
# "5 minutes ago" stands on what was written within a day.
SECONDS_WHILE_FRESH = 60
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
    # When names that texts show were last brought up to date everywhere.
    names_done_at: str
    # Posts that this viewer deleted are shown to them, not to others.
    has_own_deleted: bool
    is_linked: bool
    # This viewer has begun to write here.
    has_draft: bool
    # The number up to which this viewer has read; None where there is no account of it.
    read_to: int | None


# Every page of a topic asks this. Django takes ten times as long to put it together as the
# database takes to answer, so it is written out.
STATE = f"""
    SELECT
        (SELECT MAX(id) FROM community_event WHERE topic_id = %(topic)s),
        (SELECT MAX(done_at) FROM community_fanout),
        EXISTS (
            SELECT 1 FROM discussions_deletion deletion
            JOIN discussions_post post ON post.id = deletion.post_id
            WHERE post.topic_id = %(topic)s AND post.author_id = %(viewer)s
            AND deletion.by_id = %(viewer)s AND deletion.restored_at IS NULL
        ),
        EXISTS (
            SELECT 1 FROM discussions_topiclink
            WHERE source_id = %(topic)s OR target_id = %(topic)s
        ),
        EXISTS (
            SELECT 1 FROM discussions_draft
            WHERE person_id = %(viewer)s AND place = %(place)s AND deleted_at IS NULL
        ),
        reading.*
    FROM ({READ_TO}) reading
"""  # noqa: S608 two texts of ours


def state_of(topic: Topic, viewer: User) -> State:
    """One query."""
    with connection.cursor() as cursor:
        ids = {"topic": topic.pk, "viewer": viewer.pk, "space": topic.space_id}
        cursor.execute(STATE, ids | {"place": str(Place(Form.TOPIC, topic.public_id))})
        event, names_done_at, has_own_deleted, is_linked, has_draft, *mark = cursor.fetchone()
    flags = bool(has_own_deleted), bool(is_linked), bool(has_draft)
    return State(event or 0, str(names_done_at), *flags, MarkRow(*mark).read_to)


class Shelf:
    """The fragments of this process that were asked for last, at most MAX_BYTES of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Packed] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable, make: Callable[[], Fragments]) -> Fragments:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        if found is not None:
            return found.unpack()
        made = make()
        packed = Packed.of(made)
        with self._lock:
            self._keep(key, packed)
        return made

    def _keep(self, key: Hashable, made: Packed) -> None:
        if key in self._kept:
            return
        self._kept[key] = made
        self._bytes += made.bytes
        while self._bytes > MAX_BYTES:
            self._bytes -= self._kept.popitem(last=False)[1].bytes


shelf = Shelf()


def key_of(topic: Topic, state: State, *shown: Hashable) -> Hashable:
    """shown is what else decides: what the reader may do."""
    space, versions = topic.space, (state.newest_event, state.names_done_at, topic.highest_number)
    # The row was read before the state: a write in between must not leave the old row under its id.
    row = (topic.title, topic.closed_at, topic.deleted_at, topic.solved_at, topic.answer_count)
    pin = (topic.pinned_until, topic.is_pinned)
    place = (space.name, space.slug, space.hue)
    reader = (get_language(), timezone.get_current_timezone_name())
    return topic.public_id, versions, row, pin, place, reader, _period(topic), shown


def _period(topic: Topic) -> tuple[int, int]:
    """Changes when fragments of topic made now are too old to be shown."""
    now = timezone.now()
    is_fresh = max(topic.active_at, topic.closed_at or topic.active_at) > now - timedelta(days=1)
    seconds = SECONDS_WHILE_FRESH if is_fresh else SECONDS
    return seconds, int(now.timestamp() / seconds)
