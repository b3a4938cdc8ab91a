"""What doesn't fit is refused with one sentence that names the file, before anything is touched."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from community.accounts.models import User
from config.site.backup.reading import read_backup, verify_backup
from config.site.backup.restoring import restore_backup
from config.site.manifest import MANIFEST, FolderError, seal
from tests.config.site.backup.conftest import silent

pytestmark = pytest.mark.slow


def rewrite(backup: Path, **changed: Any) -> None:
    """Change the manifest as somebody would who knows how it is sealed."""
    content = json.loads((backup / MANIFEST).read_text()) | changed
    (backup / MANIFEST).write_text(json.dumps(content | {"sha256": seal(content)}))


def refusal(backup: Path) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("restore", str(backup), "--replace")
    return str(caught.value).replace(str(backup), "B")


def test_site_with_people_is_not_overwritten(backup: Path) -> None:
    with pytest.raises(FolderError, match=r"^This site isn't empty: add --replace"):
        restore_backup(backup, silent)


def test_folder_without_manifest_was_not_finished(backup: Path) -> None:
    (backup / MANIFEST).unlink()
    assert refusal(backup) == (
        "B/manifest.json is missing: the folder was not finished;"
        " make it again with manage.py backup."
    )


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"kind": 1, "version": 1}', "\x00"])
def test_broken_manifest_is_damaged(backup: Path, text: str) -> None:
    (backup / MANIFEST).write_text(text)
    said = refusal(backup)
    assert said.startswith("B/manifest.json ")
    assert said.endswith((": use another copy of the folder.", "made with manage.py backup."))


def test_other_folder_is_no_backup(backup: Path) -> None:
    rewrite(backup, kind="guildhall-export")
    assert "says 'guildhall-export': name a folder made with manage.py backup" in refusal(backup)


def test_newer_format_asks_for_an_update(backup: Path) -> None:
    rewrite(backup, version=2)
    assert refusal(backup).endswith(" reads 1: update Guildhall first.")


def test_newer_migration_asks_for_an_update(backup: Path) -> None:
    rewrite(backup, migrations=["community.0999_from_the_future"], guildhall="9.9")
    assert refusal(backup) == (
        "B/manifest.json names the migration community.0999_from_the_future, which this Guildhall"
        " doesn't know: update to the version that made the backup (9.9) or newer."
    )


def test_backup_of_another_database_is_refused(backup: Path) -> None:
    rewrite(backup, database="other")
    assert "says other, and DATABASE_URL names " in refusal(backup)


def test_name_outside_of_the_folder_is_refused(backup: Path) -> None:
    files = json.loads((backup / MANIFEST).read_text())["files"]
    rewrite(backup, files=files | {"files/../../../etc/passwd": {"bytes": 1, "sha256": "0"}})
    assert "which lies outside of the folder" in refusal(backup)


def test_missing_and_cut_off_files_are_named(backup: Path, dump: str) -> None:
    size = (backup / dump).stat().st_size
    with (backup / dump).open("rb+") as file:
        file.truncate(size // 2)
    assert refusal(backup) == f"B/{dump} is cut off: use another copy of the folder."
    (backup / dump).unlink()
    assert refusal(backup) == f"B/{dump} is missing: use another copy of the folder."


def test_every_flipped_byte_is_found(backup: Path) -> None:
    chance = random.Random(1)
    files = [path for path in sorted(backup.rglob("*")) if path.is_file()]
    for _ in range(50):
        path = chance.choice(files)
        whole = path.read_bytes()
        place = chance.randrange(len(whole))
        flipped = bytes([whole[place] ^ (1 << chance.randrange(8))])
        path.write_bytes(whole[:place] + flipped + whole[place + 1 :])
        with pytest.raises(FolderError, match=str(path)):
            read_backup(backup, silent)
        path.write_bytes(whole)
    read_backup(backup, silent)


def test_verifying_names_the_table_that_differs(backup: Path) -> None:
    tables = json.loads((backup / MANIFEST).read_text())["tables"]
    tables["community_user"]["rows"] += 1
    rewrite(backup, tables=tables)
    with pytest.raises(FolderError, match="table community_user has 1 rows instead of 2; make"):
        verify_backup(backup, silent)


def test_refused_restore_touches_nothing(backup: Path, kept: Path, dump: str) -> None:
    (backup / "files" / "ab" / "picture").write_bytes(b"damaged")
    refusal(backup)
    assert User.objects.get().name == "Ada"
    assert (kept / "ab" / "picture").read_bytes()[:4] == b"\x89PNG"
