"""A dump's rows in a scratch database: what belongs together lies scattered over its files.

The scratch file has no name, so it is gone when the process ends, however it ends. It is filled
again by each run; only Origin rows say what an earlier run has done.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from os.path import lexists
from pathlib import Path

from discussions.imports.dump import Progress, Row, read_rows, size_of
from discussions.imports.tables import TABLES, Table
from discussions.imports.texts import tag_names

INSERT_ROWS = 1_000

# PostTypeId 1 is a question, 2 an answer, 4 and 5 are a tag's excerpt and wiki. A post's topic is
# the question that it asks or answers; null where that isn't in the dump.
_ARRANGE = (
    "ALTER TABLE tags ADD COLUMN of_questions INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE posts ADD COLUMN topic INTEGER",
    "UPDATE posts SET topic = id WHERE kind = 1",
    """UPDATE posts SET topic = parent
    WHERE kind = 2 AND parent IN (SELECT id FROM posts WHERE kind = 1)""",
    "CREATE INDEX post_topic ON posts (topic)",
    "CREATE INDEX comment_post ON comments (post)",
    "CREATE INDEX vote_post ON votes (post, kind)",
    "CREATE INDEX history_post ON history (post)",
)


class Stage:
    """The scratch database, which of the dump's files there are, and rows read by table."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self.files: set[str] = set()
        self.read: Counter[str] = Counter()
        for table in TABLES:
            self._database.execute(table.create())
        self._database.execute("CREATE TABLE unusable (file TEXT, name TEXT, id TEXT, why TEXT)")

    def fill(self, folder: Path, progress: Progress) -> None:
        """Read all files of the dump. Raises DumpError, so that nothing is imported by halves."""
        # A link that leads nowhere is there, too: without it a whole table would be missing.
        present = [table for table in TABLES if lexists(folder / table.file)]
        total = sum(size_of(folder / table.file) for table in present)
        before = 0
        self._database.execute("BEGIN")
        for table in present:
            path = folder / table.file
            self._fill_table(table, path, lambda read: progress("Reading", read, total), before)
            before += size_of(path)
        for statement in _ARRANGE:
            self._database.execute(statement)
        self._add_tags_of_questions()
        self._database.execute("COMMIT")
        self.files = {table.file for table in present}

    def _add_tags_of_questions(self) -> None:
        """Tags that no row of Tags.xml names; without that file, all of them."""
        known = {row["name"].lower() for row in self.rows("SELECT name FROM tags")}
        written = self.rows("SELECT DISTINCT tags FROM posts WHERE kind = 1")
        used = {name for row in written for name in tag_names(row["tags"])}
        self._database.executemany(
            "INSERT INTO tags (name, of_questions) VALUES (?, 1)",
            [(name,) for name in sorted(used - known)],
        )

    def _fill_table(
        self, table: Table, path: Path, progress: Callable[[int], None], before: int
    ) -> None:
        rows = read_rows(path, lambda read: progress(before + read))
        while batch := list(islice(rows, INSERT_ROWS)):
            self._database.executemany(table.insert(), self._usable(table, batch))
            self.read[table.name] += len(batch)

    def _usable(self, table: Table, rows: Iterable[Row]) -> Iterator[tuple[int | str | None, ...]]:
        for row in rows:
            try:
                yield table.values(row)
            except ValueError:
                self._database.execute(
                    "INSERT INTO unusable VALUES (?, ?, ?, ?)",
                    (table.file, table.name, row.get("Id"), "an attribute is missing or no number"),
                )

    def rows(self, query: str, *values: int | str) -> Iterator[sqlite3.Row]:
        yield from self._database.execute(query, values)

    def count(self, query: str, *values: int | str) -> int:
        """The single number that query answers with."""
        return int(self._database.execute(query, values).fetchone()[0])
