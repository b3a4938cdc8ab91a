"""Follows the Event table and tells sockets what became of what they watch.

One thread of the web process with a connection of its own, so that the event loop never touches
the database. What it tells is the present state, so telling it twice does no harm, and what comes
later is never older.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone, translation

from community.accounts.models import User
from community.accounts.times import zone_named
from community.http.position import sealed, unsealed
from community.live import frames
from community.live.hub import Hub, Socket
from community.live.identities import still_there
from community.live.streams import Stream, kinds
from community.outbox.models import Event
from community.outbox.reading import Position, events_after, head

logger = logging.getLogger(__name__)

# Somebody who writes in this process wakes the follower at once; others are seen so much later.
LOOK_SECONDS = 0.1
# The first news of a stream goes at once, what follows is collected for so long.
COLLECT_SECONDS = 0.25
# How long somebody who signed out may still hear something.
IDENTITY_SECONDS = 0.5
BEAT_SECONDS = 30
# Who missed more fetches the page.
MAX_MISSED = 1000
BATCH = 500

# 4000 to 4999 are an application's own. The reason says when to come again.
SIGNED_OUT_CODE = 4001
SIGNED_OUT_REASON = "retry=0"


Deed = Callable[[], Awaitable[None]]


@dataclass
class Pending:
    """The events of one stream that wait to be told, and when that is due.

    is_touched also without events: whoever may not watch any more is told so.
    """

    events: list[Event] = field(default_factory=list)
    is_touched: bool = False
    due_at: float = 0.0


@dataclass(frozen=True)
class Wish:
    """A socket that may watch a stream and wants to hear what it missed."""

    socket: Socket
    stream: Stream
    name: str
    since: str


class Follower:
    """step() does one round, for run() and for tests.

    hand_over takes what is to be done with sockets to the thread that owns them.
    """

    def __init__(
        self,
        hub: Hub,
        hand_over: Callable[[list[Deed]], object],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hub, self._hand_over, self._clock = hub, hand_over, clock
        self._deeds: list[Deed] = []
        self._wishes: SimpleQueue[Wish] = SimpleQueue()
        self._wake = threading.Event()
        self._position: Position | None = None
        self._pending: dict[Stream, Pending] = defaultdict(Pending)
        self._looked_at = self._beat_at = clock()
        self._data_version = -1

    def ask(self, wish: Wish) -> None:
        """Begin to tell wish.socket of wish.stream, after what it missed."""
        self._wishes.put(wish)
        self._wake.set()

    def wake(self) -> None:
        """There is news, or a new socket."""
        self._data_version = -1
        self._wake.set()

    def run(self) -> None:
        """Work for as long as the process lives."""
        while True:
            is_busy = bool(self._hub.sockets())
            self._wake.wait(LOOK_SECONDS if is_busy else None)
            self._wake.clear()
            try:
                close_old_connections()
                self.step()
            except Exception:
                # The database is away, or a mistake of our own: sockets stay, and what was not
                # told yet is told later.
                logger.exception("News could not be told and are tried again")
                connection.close()
                time.sleep(1)

    def step(self) -> None:
        sockets = self._hub.sockets()
        if not sockets:
            self._position = None
            self._pending.clear()
            return
        if self._position is None:
            self._position = head()
        self._grant_wishes()
        self._read()
        self._tell_due()
        self._look_after(sockets)

    def _grant_wishes(self) -> None:
        while not self._wishes.empty():
            wish = self._wishes.get()
            try:
                self._grant(wish)
            except DatabaseError:
                self._wishes.put(wish)
                raise

    def _grant(self, wish: Wish) -> None:
        """Tell what was missed, then watch. Whatever is read twice is told twice."""
        try:
            since = unsealed(wish.since) if wish.since else None
        except ValueError:
            self._push(wish.socket, [frames.reload(wish.name)])
            since = None
        now = head()
        if not self._hub.watch(wish.socket, wish.stream, wish.name):
            return
        if since is not None:
            self._tell_missed(wish, since)
        self._push(wish.socket, [frames.subscribed(wish.name, sealed(now))])
        self._flush()

    def _tell_missed(self, wish: Wish, since: Position) -> None:
        news = kinds()[wish.stream.kind].news(wish.stream.key)
        missed = list(events_after(since, only=news)[: MAX_MISSED + 1])
        if len(missed) > MAX_MISSED:
            self._push(wish.socket, [frames.reload(wish.name)])
        elif missed:
            self._tell(wish.stream, missed, [wish.socket])

    def _read(self) -> None:
        """Collect what happened for those who watch."""
        assert self._position is not None
        if not self._has_changed():
            return
        while events := list(events_after(self._position)[:BATCH]):
            self._collect(events)
            self._position = Position(events[-1].xid or 0, events[-1].pk)

    def _has_changed(self) -> bool:
        """Ask SQLite whether anybody else has written, which takes it 12 microseconds."""
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            version = cursor.execute("PRAGMA data_version").fetchone()[0]
        has_changed = bool(version != self._data_version)
        self._data_version = version
        return has_changed

    def _collect(self, events: Sequence[Event]) -> None:
        watched: dict[str, set[int]] = defaultdict(set)
        for stream in self._hub.streams():
            watched[stream.kind].add(stream.key)
        for kind, keys in watched.items():
            for event in events:
                for key in keys.intersection(kinds()[kind].keys(event)):
                    self._pending[Stream(kind, key)].events.append(event)
                    self._pending[Stream(kind, key)].is_touched = True
                for key in kinds()[kind].touched(event, keys):
                    self._pending[Stream(kind, key)].is_touched = True

    def _tell_due(self) -> None:
        now = self._clock()
        for stream, pending in list(self._pending.items()):
            if pending.due_at > now:
                continue
            if not pending.is_touched:
                del self._pending[stream]
                continue
            # Until they are told they stay: the database may go away in between.
            self._tell(stream, pending.events, list(self._hub.watchers(stream)))
            self._pending[stream] = Pending(due_at=now + COLLECT_SECONDS)
            self._flush()

    def _tell(self, stream: Stream, events: Sequence[Event], sockets: Sequence[Socket]) -> None:
        """Tell those of sockets who may still know; what is told alike is made and written once."""
        names = self._hub.watchers(stream)
        sockets = [socket for socket in sockets if socket in names]
        if not sockets:
            return
        people = User.objects.active().in_bulk({one.identity.person_id for one in sockets})
        allowed = kinds()[stream.kind].readers(stream.key, list(people.values()))
        told: dict[Hashable, list[str]] = {}
        for socket in sockets:
            person = people.get(socket.identity.person_id)
            if person is None or person.pk not in allowed:
                self._hub.drop(socket, stream)
                with translation.override(socket.identity.locale):
                    self._push(socket, [frames.ended(names[socket])])
                continue
            group = (allowed[person.pk], person.locale, person.time_zone, names[socket])
            if events and group not in told:
                told[group] = _written(person, stream, events, names[socket])
            if events:
                self._push(socket, told[group])

    def _look_after(self, sockets: Iterable[Socket]) -> None:
        now = self._clock()
        if now >= self._looked_at + IDENTITY_SECONDS:
            self._looked_at = now
            valid = still_there({socket.identity for socket in sockets})
            for socket in sockets:
                if socket.identity not in valid:
                    self._deeds.append(partial(socket.end, SIGNED_OUT_CODE, SIGNED_OUT_REASON))
        if now >= self._beat_at + BEAT_SECONDS:
            self._beat_at = now
            for socket in sockets:
                self._push(socket, [frames.beat()])
        self._flush()

    def _push(self, socket: Socket, written: Sequence[str]) -> None:
        if written:
            self._deeds.append(partial(socket.push, written))

    def _flush(self) -> None:
        if self._deeds:
            self._hand_over(self._deeds)
            self._deeds = []


def _last(events: Sequence[Event]) -> Position:
    return max(Position(event.xid or 0, event.pk) for event in events)


def _written(person: User, stream: Stream, events: Sequence[Event], name: str) -> list[str]:
    """What person is told. After a mistake of ours the page fetches the present state."""
    with translation.override(person.locale), timezone.override(zone_named(person.time_zone)):
        try:
            messages = kinds()[stream.kind].told(stream.key, events, person)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("News of %s could not be told", name)
            return [frames.reload(name)]
    return [frames.event(name, sealed(_last(events)), message) for message in messages]
