"""`@action` and `record`: a write and its news are one transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection, models, transaction
from django.utils import timezone

from community.outbox.faults import is_deadlock
from community.outbox.gate import write_gate
from community.outbox.models import Event
from community.outbox.streams import take_numbers

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 3


@dataclass
class Draft:
    """An event that was recorded in the running action and is not yet inserted."""

    stream: str
    fields: dict[str, Any] = field(default_factory=dict)


# Called after a commit with news, in the thread that wrote: return at once and never raise.
listeners: list[Callable[[], None]] = []

_drafts: ContextVar[list[Draft] | None] = ContextVar("drafts", default=None)
_along: ContextVar[Callable[[], object] | None] = ContextVar("along", default=None)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run function in a transaction that ends with the events it recorded.

    The outermost action inserts them; a deadlock that PostgreSQL reports repeats it, up to
    three times in all. So function may run again with the same arguments: it reads what it
    changes anew, under a lock, and leaves the objects that it was given as they are; a delete()
    would take their id. An inner action joins the outer one: what it raises must reach the outer
    one too, or pass a savepoint().
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _drafts.get() is not None:
            return function(*args, **kwargs)
        return _outermost(lambda: function(*args, **kwargs))

    return run


@contextmanager
def savepoint() -> Iterator[None]:
    """Undo the writes and the events of the block, and nothing else, when the block raises.

    Raises RuntimeError outside an action.
    """
    drafts = _drafts.get()
    if drafts is None:
        raise RuntimeError("A savepoint was asked for outside an action.")
    recorded = len(drafts)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del drafts[recorded:]
        raise


@contextmanager
def along(work: Callable[[], object]) -> Iterator[None]:
    """Let what the block writes and work be one transaction: an outermost action ends with it."""
    token = _along.set(work)
    try:
        yield
    finally:
        _along.reset(token)


def record(
    name: str,
    *,
    actor: models.Model | None,
    obj: models.Model,
    subject: models.Model | None = None,
    topic: models.Model | None = None,
    space: models.Model | None = None,
    tag_ids: Iterable[int] = (),
    at: datetime | None = None,
    **data: Any,
) -> None:
    """Collect an event for the stream of its space, else of its subject, else of its actor.

    data takes plain JSON values. Raises RuntimeError outside an action.
    """
    drafts = _drafts.get()
    if drafts is None:
        raise RuntimeError(f"{name} was recorded outside an action.")
    space_id = space.pk if space else getattr(topic, "space_id", None)
    now = timezone.now()
    fields = {
        "name": name,
        "actor_id": actor.pk if actor else None,
        "subject_id": subject.pk if subject else None,
        "object_kind": obj._meta.label_lower,
        "object_id": obj.pk,
        "topic_id": topic.pk if topic else None,
        "space_id": space_id,
        "tag_ids": sorted(tag_ids),
        "occurred_at": at or now,
        "recorded_at": now,
        "data": data,
    }
    drafts.append(Draft(_stream_name(space_id, subject or actor), fields))


def _stream_name(space_id: int | None, person: models.Model | None) -> str:
    if space_id is not None:
        return f"space:{space_id}"
    if person is None:
        raise ValueError("An event needs a space or a person whose stream it belongs to.")
    return f"person:{person.pk}"


def _outermost(work: Callable[[], R]) -> R:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _once(work)
        except OperationalError as error:
            if attempt == ATTEMPTS or connection.in_atomic_block or not is_deadlock(error):
                raise
    raise AssertionError("unreachable")


def _once(work: Callable[[], R]) -> R:
    drafts: list[Draft] = []
    token = _drafts.set(drafts)
    try:
        with write_gate(), transaction.atomic():
            result = work()
            if more := _along.get():
                more()
            _insert(drafts)
        if drafts:
            for listener in listeners:
                listener()
        return result
    finally:
        _drafts.reset(token)


def _insert(drafts: list[Draft]) -> None:
    if not drafts:
        return
    wanted = Counter(draft.stream for draft in drafts)
    streams = take_numbers(wanted)
    xid = current_xid()
    events = []
    for draft in drafts:
        stream_id, last = streams[draft.stream]
        number = last - wanted[draft.stream] + 1
        wanted[draft.stream] -= 1
        events.append(Event(xid=xid, stream_id=stream_id, number=number, **draft.fields))
    Event.objects.bulk_create(events)


def current_xid() -> int | None:
    """Return PostgreSQL's id of the running transaction; None on SQLite."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])
