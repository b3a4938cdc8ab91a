"""A backup gives back what it was made of, also when people wrote meanwhile."""

import sqlite3
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from community.accounts.models import User
from community.spaces.models import Space
from config.site.backup import postgres, sqlite
from config.site.backup.databases import copier
from config.site.backup.making import make_backup
from config.site.backup.reading import verify_backup
from config.site.backup.restoring import restore_backup
from config.site.backup.tables import Contents, content_of, difference
from config.site.manifest import FolderError
from discussions.topics.models import Post, Topic
from tests.config.site.backup.conftest import silent
from tests.factories.community import make_person
from tests.factories.discussions import make_topic

pytestmark = pytest.mark.slow

# On PostgreSQL a restore numbers them anew: see community/outbox/relocation.py.
RENUMBERED = {"community_event", "community_cursor"}


def contents(folder: Path) -> Contents:
    """What the tables of this site hold now."""
    folder.mkdir()
    found: Contents = copier().save(folder, silent)
    return {name: content for name, content in found.items() if name not in RENUMBERED}


def test_restore_gives_back_tables_and_files(backup: Path, kept: Path, tmp_path: Path) -> None:
    before = contents(tmp_path / "before")
    make_topic(Space.objects.get(), by=User.objects.get(), title="Written since")
    (kept / "ab" / "picture").write_bytes(b"overwritten")
    (kept / "since").write_bytes(b"added")
    restore_backup(backup, silent, replace=True)
    assert difference(before, contents(tmp_path / "after")) == ""
    assert [path.name for path in kept.rglob("*") if path.is_file()] == ["picture"]
    assert (kept / "ab" / "picture").read_bytes() == b"\x89PNG" * 50_000
    assert not list(kept.rglob("*.part"))


def test_restored_site_takes_new_posts(backup: Path) -> None:
    restore_backup(backup, silent, replace=True)
    make_topic(Space.objects.get(), by=User.objects.get(), title="The first one since")
    assert Topic.objects.count() == 2


def test_restore_gives_back_the_sites_name(site: User, tmp_path: Path) -> None:
    settings.SITE_NAME_FILE.write_text("Bridge works")
    make_backup(tmp_path / "named", silent)
    settings.SITE_NAME_FILE.write_text("Another")
    restore_backup(tmp_path / "named", silent, replace=True)
    assert settings.SITE_NAME_FILE.read_text() == "Bridge works"


def test_backup_while_people_write_is_of_one_moment(
    site: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each topic has its opening post in the copy, and no table is newer than another."""
    monkeypatch.setattr(sqlite, "PAGES", 1)
    space, is_over = Space.objects.get(), threading.Event()

    def write() -> None:
        while not is_over.is_set():
            make_topic(space, by=site)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        make_backup(tmp_path / "busy", silent)
    finally:
        is_over.set()
        writer.join()
    written = Topic.objects.count()
    restore_backup(tmp_path / "busy", silent, replace=True)
    assert 1 <= Topic.objects.count() <= written
    assert Post.objects.filter(number=1).count() == Topic.objects.count()
    verify_backup(tmp_path / "busy", silent)


def test_commands_say_what_they_did(site: User, tmp_path: Path) -> None:
    folder, out = tmp_path / "backup", StringIO()
    call_command("backup", str(folder), "--verify", stdout=out)
    call_command("restore", str(folder), "--verify", stdout=out)
    call_command("restore", str(folder), "--replace", stdout=out)
    made, checked, restored = out.getvalue().splitlines()
    assert made.startswith(f"{folder}: ")
    assert "1 files" in made
    assert made.endswith(", verified")
    assert checked.startswith(f"{folder} is whole: ")
    assert restored.startswith("Restored the site of ")


def test_backup_is_for_its_owner_only(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o700


def test_second_backup_needs_another_folder(backup: Path) -> None:
    with pytest.raises(CommandError, match="is not empty: name a new folder"):
        call_command("backup", str(backup), stdout=StringIO())


def test_verifying_leaves_the_site_as_it_is(backup: Path, tmp_path: Path) -> None:
    make_person("Ben")
    before = contents(tmp_path / "before")
    verify_backup(backup, silent)
    assert difference(before, contents(tmp_path / "after")) == ""


def test_failed_restore_leaves_the_site_as_it_was(backup: Path, tmp_path: Path) -> None:
    make_person("Ben")
    before = contents(tmp_path / "before")
    (backup / copier().DUMP).write_bytes(b"PGDMP or whatever")
    with pytest.raises(FolderError):
        copier().restore(backup, silent)
    assert difference(before, contents(tmp_path / "after")) == ""


def test_restore_takes_the_place_of_a_ruined_database(backup: Path, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's file only")
    name = Path(connection.settings_dict["NAME"])
    connection.close()
    for companion in name.parent.glob(f"{name.name}-*"):
        companion.unlink()
    name.write_bytes(b"no database at all" * 1000)
    restore_backup(backup, silent, replace=True)
    assert User.objects.get().name == "Ada"
    assert name.with_suffix(".damaged").exists()


def test_missing_program_is_named(site: User, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's programs only")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(FolderError, match=r"^pg_dump is not on the PATH: install .* 15"):
        postgres.save(Path("/nowhere"), silent)


def test_content_counts_repeated_rows_but_not_their_order() -> None:
    assert content_of([b"a", b"b"]) == content_of([b"b", b"a"])
    assert content_of([b"a", b"a"]) != content_of([b"b", b"b"])
    assert difference({"t": content_of([b"a"])}, {"t": content_of([b"b"])}) == (
        "table t has as many rows, but not the same"
    )


def test_sqlite_copies_tables_only_once(tmp_path: Path) -> None:
    """What a full-text table keeps is in tables of its own; the virtual one is left out."""
    with sqlite3.connect(tmp_path / "one") as database:
        database.execute("CREATE VIRTUAL TABLE texts USING fts5(words)")
        database.execute("CREATE TABLE plain (id)")
        assert "plain" in sqlite._contents(database)
        assert "texts" not in sqlite._contents(database)
