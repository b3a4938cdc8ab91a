import sqlite3
from collections.abc import Sequence

import pytest

from discussions.imports.revisions import versions_of

pytestmark = pytest.mark.slow


def history(*rows: tuple[int, str, str]) -> Sequence[sqlite3.Row]:
    """Rows of kind, edit and text, as the scratch database gives them."""
    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    database.execute("CREATE TABLE history (kind, edit, text, comment)")
    database.executemany("INSERT INTO history VALUES (?, ?, ?, NULL)", rows)
    return database.execute("SELECT * FROM history").fetchall()


def described(rows: Sequence[sqlite3.Row]) -> list[tuple[str, list[str], str]]:
    return [(one.title, one.tag_names, one.source) for one in versions_of(rows)]


def test_untouched_parts_come_from_the_edit_before() -> None:
    rows = history((1, "a", "Old"), (2, "a", "one"), (3, "a", "<x>"), (4, "b", "New"))
    assert described(rows) == [("Old", ["x"], "one"), ("New", ["x"], "one")]


def test_what_only_a_later_edit_names_was_so_from_the_start() -> None:
    rows = history((2, "a", "one"), (4, "b", "First"), (4, "c", "Second"), (6, "c", "<x>"))
    assert described(rows) == [
        ("First", ["x"], "one"),
        ("First", ["x"], "one"),
        ("Second", ["x"], "one"),
    ]


def test_history_without_a_text_makes_no_version() -> None:
    assert versions_of(history((1, "a", "Title"))) == []
