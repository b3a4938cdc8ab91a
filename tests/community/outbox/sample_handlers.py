"""Handlers and fan-outs of the tests' own; every effect is a row in a table of its own."""

from typing import Any

from django.db import OperationalError, connection

from community.outbox.models import Event
from community.outbox.recording import action, record
from community.spaces.models import Space

HEARD, ALSO_HEARD, UNHEARD = "sample.heard", "sample.also_heard", "sample.unheard"
# Handlers that fail, by what their event says in `fails`.
broken: set[str] = {"always"}


@action
def tell(name: str = HEARD, *, stream: int = 1, **data: Any) -> None:
    """Record an event in the stream of a space that doesn't exist."""
    space = Space(pk=stream)
    record(name, actor=None, obj=space, space=space, **data)


def make_effects_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE sample_effect (what varchar(20), event_id bigint)")


def drop_effects_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS sample_effect")


def effects(what: str) -> list[int]:
    """The events that had this effect, in the order of their ids; twice is listed twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_id FROM sample_effect WHERE what = %s ORDER BY event_id", [what]
        )
        return [row[0] for row in cursor.fetchall()]


def add_effect(what: str, event_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO sample_effect VALUES (%s, %s)", [what, event_id])


def first(event: Event) -> None:
    add_effect("first", event.pk)
    if event.data.get("is_echoed"):
        tell(UNHEARD, stream=99, echo_of=event.pk)


def second(event: Event) -> None:
    """Writes, tells others and only then fails: nothing of it may stay."""
    add_effect("second", event.pk)
    if event.data.get("fails") in broken:
        tell(UNHEARD, stream=99)
        if event.data["fails"] == "locked":
            raise OperationalError("database is locked")
        raise ValueError("This event can't be handled.")


def hundreds(data: dict[str, Any], position: int, limit: int) -> tuple[int, int | None]:
    """A fan-out over the numbers from 1 to data["rows"]."""
    if data.get("fails_at") == position and "always" in broken:
        raise ValueError("This step can't be done.")
    until = min(position + limit, data["rows"])
    for number in range(position + 1, until + 1):
        add_effect("fanned out", number)
    return until - position, None if until == data["rows"] else until


SUBSCRIPTIONS = {HEARD: [first, second], ALSO_HEARD: [second]}
FIRST, SECOND = (f"{__name__}.{name}" for name in ("first", "second"))
FANOUTS = {"hundreds": hundreds}
