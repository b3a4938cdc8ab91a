"""SQLite: an online copy of the one file."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from config.site.backup.tables import Contents, content_of
from config.site.manifest import FolderError, Progress

DUMP = "database.sqlite3"
PAGES = 4096
SECONDS_TO_WAIT = 20


def save(folder: Path, progress: Progress) -> Contents:
    """Copy one state of the database while people write; return what its tables hold."""
    with (
        closing(_open(_site())) as source,
        closing(sqlite3.connect(folder / DUMP)) as target,
        _one_state(source),
    ):
        _copy(source, target, progress)
        # One file without companions.
        target.execute("PRAGMA journal_mode=DELETE")
        problem = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if problem != "ok":
            raise FolderError(f"{_site()} is damaged ({problem}): restore an earlier backup.")
        return _contents(target)


def restore(folder: Path, progress: Progress) -> None:
    """Put the copy in the place of the site's database: the whole of it, or nothing."""
    connection.close()
    with closing(_open(folder / DUMP)) as source:
        _require_database(source, folder)
        try:
            _overwrite(source, progress)
        except sqlite3.OperationalError as error:
            raise FolderError(f"{_site()} is in use ({error}): stop the site first.") from error
        except sqlite3.DatabaseError:
            # It is no database at all; what can be read of it may still be wanted.
            _site().replace(_site().with_suffix(".damaged"))
            _overwrite(source, progress)


@contextmanager
def restored_aside(folder: Path) -> Iterator[Contents]:
    """Restore to a place of its own and give what the tables hold there."""
    with (
        tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="verify-") as aside,
        closing(_open(folder / DUMP)) as source,
        closing(sqlite3.connect(Path(aside, DUMP))) as target,
    ):
        source.backup(target)
        yield _contents(target)


def server_version() -> str:
    return sqlite3.sqlite_version


def _site() -> Path:
    return Path(connection.settings_dict["NAME"])


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _require_database(source: sqlite3.Connection, folder: Path) -> None:
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        raise FolderError(f"{folder / DUMP} is no database: use another backup.") from error


def _overwrite(source: sqlite3.Connection, progress: Progress) -> None:
    with closing(sqlite3.connect(_site(), timeout=SECONDS_TO_WAIT)) as target:
        _copy(source, target, progress)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, progress: Progress) -> None:
    target.execute("PRAGMA synchronous=FULL")
    source.backup(
        target,
        pages=PAGES,
        progress=lambda _status, left, total: progress("Pages", total - left, total),
    )


@contextmanager
def _one_state(source: sqlite3.Connection) -> Iterator[None]:
    """Read one state however long it takes; without that each write would begin the copy anew."""
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    yield
    source.rollback()


def _contents(database: sqlite3.Connection) -> Contents:
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    return {name: content_of(_rows(database, name)) for (name,) in names.fetchall()}


def _rows(database: sqlite3.Connection, table: str) -> Iterator[bytes]:
    name = table.replace('"', '""')
    rows = database.execute(f'SELECT * FROM "{name}"')  # noqa: S608 a quoted name of its own
    return (repr(row).encode() for row in rows)
