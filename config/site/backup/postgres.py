"""PostgreSQL: pg_dump and pg_restore, found on the PATH."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg.sql import SQL, Identifier

from config.site.backup.tables import Contents, content_of
from config.site.manifest import FolderError, Progress

DUMP = "database.dump"
# Where the tables of before wait until the restored ones are whole.
BEFORE = Identifier("guildhall_before_restore")


def save(folder: Path, progress: Progress) -> Contents:
    """Dump one state of the database while people write; return what its tables hold."""
    program = _program("pg_dump")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run(
            program,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={folder / DUMP}",
            _database(),
        )
        return _contents(cursor, progress)


def restore(folder: Path, progress: Progress) -> None:
    """Put the dump in the place of the site's tables: the whole of it, or nothing."""
    program = _program("pg_restore")
    _set_tables_aside()
    progress("Restored databases", 0, 1)
    try:
        _fill(program, folder, _database())
    except BaseException:
        _take_tables_back()
        raise
    _execute(SQL("DROP SCHEMA {} CASCADE").format(BEFORE))


@contextmanager
def restored_aside(folder: Path) -> Iterator[Contents]:
    """Restore into a database of its own and give what the tables hold there."""
    program = _program("pg_restore")
    name = f"guildhall_verify_{secrets.token_hex(6)}"
    try:
        _execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(name)))
    except Exception as error:
        raise FolderError(
            f"To verify, {connection.settings_dict['USER']} needs the right to create a database"
            f" on this server: ALTER ROLE ... CREATEDB ({_first_line(error)})."
        ) from error
    try:
        _fill(program, folder, name)
        parameters = connection.get_connection_params() | {"dbname": name}
        with psycopg.connect(**_plain(parameters)) as aside, aside.cursor() as cursor:
            yield _contents(cursor, lambda what, done, total: None)
    finally:
        _execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def server_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def _contents(cursor: Any, progress: Progress) -> Contents:
    cursor.execute("SET LOCAL TimeZone = 'UTC'")
    names = _tables(cursor)
    found: Contents = {}
    for name in names:
        # The server sends each row as one message.
        with cursor.copy(SQL("COPY {} TO STDOUT").format(Identifier(name))) as rows:
            found[name] = content_of(bytes(row) for row in rows)
        progress("Tables", len(found), len(names))
    return found


def _tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return sorted(name for (name,) in cursor.fetchall())


def _fill(program: str, folder: Path, database: str) -> None:
    _run(
        program,
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--dbname={database}",
        str(folder / DUMP),
    )


@transaction.atomic
def _set_tables_aside() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SQL("CREATE SCHEMA {}").format(BEFORE))
        for name in _tables(cursor):
            cursor.execute(SQL("ALTER TABLE {} SET SCHEMA {}").format(Identifier(name), BEFORE))


@transaction.atomic
def _take_tables_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'guildhall_before_restore'"
        )
        for (name,) in cursor.fetchall():
            moved = SQL("ALTER TABLE {}.{} SET SCHEMA {}")
            cursor.execute(moved.format(BEFORE, Identifier(name), Identifier(schema)))
        cursor.execute(SQL("DROP SCHEMA {}").format(BEFORE))


def _execute(statement: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _plain(parameters: dict[str, Any]) -> dict[str, Any]:
    """Without what only Django's own connection understands."""
    own = {"context", "cursor_factory", "server_side_binding", "prepare_threshold"}
    return {name: value for name, value in parameters.items() if name not in own}


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise FolderError(
            f"{name} is not on the PATH: install PostgreSQL's client programs,"
            f" version {server_version().split()[0]} or newer."
        )
    return found


def _run(*command: str) -> None:
    """Raises FolderError with the program's own last line."""
    said = subprocess.run(  # noqa: S603 our own program and arguments, no shell
        command, env=_environment(), capture_output=True, text=True, check=False
    )
    if said.returncode:
        lines = said.stderr.strip().splitlines() or ["it said nothing"]
        raise FolderError(f"{Path(command[0]).name} failed: {lines[0]}")


def _environment() -> dict[str, str]:
    chosen = connection.settings_dict
    named = {
        "PGHOST": chosen["HOST"],
        "PGPORT": chosen["PORT"],
        "PGUSER": chosen["USER"],
        "PGPASSWORD": chosen["PASSWORD"],
        "PGSSLMODE": chosen["OPTIONS"].get("sslmode"),
    }
    return os.environ | {name: str(value) for name, value in named.items() if value}


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
