"""The numbers of events: each stream counts its own, without a hole."""

from collections.abc import Mapping, Sequence

from django.db import connection

# By hand: every write of the site pays for this, and the ORM takes five statements to say it.
# PostgreSQL draws an id for each attempt, so those of streams jump.
_TAKE = """
    INSERT INTO community_stream (name, number) VALUES {rows}
    ON CONFLICT (name) DO UPDATE SET number = community_stream.number + excluded.number
"""
_READ = "SELECT name, id, number FROM community_stream WHERE name IN ({names})"
# Two values a row; SQLite before 3.32 takes 999 in a statement.
BATCH = 400


def take_numbers(wanted: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Give each stream by name as many numbers as wanted says; make the streams that are missing.

    Returns the id of each and the last of the numbers that it got. The rows stay locked until the
    transaction ends; all lock them in the order of their names, so no two wait for each other.
    """
    rows = sorted(wanted.items())
    taken: dict[str, tuple[int, int]] = {}
    for start in range(0, len(rows), BATCH):
        taken |= _take(rows[start : start + BATCH])
    return taken


def _take(rows: Sequence[tuple[str, int]]) -> dict[str, tuple[int, int]]:
    values = ", ".join(["(%s, %s)"] * len(rows))
    places = ", ".join(["%s"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(rows=values), [value for row in rows for value in row])
        cursor.execute(_READ.format(names=places), [name for name, _count in rows])
        return {name: (pk, number) for name, pk, number in cursor.fetchall()}
