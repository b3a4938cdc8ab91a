"""What is damaged, cut off, newer or doesn't fit is refused with the file and the line."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from community.accounts.models import User
from config.site.manifest import MANIFEST, Stored, measure, seal
from config.site.transfer.importing import import_site
from config.site.transfer.lines import line_of, read_records
from tests.config.site.transfer.conftest import empty_site, silent

pytestmark = pytest.mark.slow

POSTS = "records/discussions.Post.jsonl"
PEOPLE = "records/community.User.jsonl"


@pytest.fixture
def elsewhere(export: Path, kept: Path) -> Path:
    """The export, and an empty site to bring it to."""
    empty_site(kept)
    return export


def refusal(export: Path) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("import_site", str(export))
    return str(caught.value).replace(str(export), "E")


def reseal(export: Path, **changed: Any) -> None:
    """Make the manifest fit what was changed, as somebody would who knows how."""
    content = json.loads((export / MANIFEST).read_text()) | changed
    for name in content["files"]:
        content["files"][name] = vars(measure(export / name))
    (export / MANIFEST).write_text(json.dumps(content | {"sha256": seal(content)}))


def change_line(export: Path, name: str, line: int, **changed: Any) -> None:
    records = [record for _number, record in read_records(export / name)]
    records[line - 1] |= changed
    (export / name).write_bytes(b"".join(map(line_of, records)))
    reseal(export)


def test_changed_line_is_named(elsewhere: Path) -> None:
    lines = (elsewhere / POSTS).read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b'"source":"', b'"source":"Hm. ')
    (elsewhere / POSTS).write_bytes(b"".join(lines))
    assert refusal(elsewhere) == (
        f"E/{POSTS}, line 5: its checksum is another; use another copy of the export."
    )


def test_every_flipped_byte_is_found_with_its_line(elsewhere: Path) -> None:
    chance, path = random.Random(2), elsewhere / POSTS
    whole = path.read_bytes()
    for _ in range(30):
        place = chance.randrange(len(whole) - 1)
        flipped = bytes([whole[place] ^ (1 << chance.randrange(8))])
        path.write_bytes(whole[:place] + flipped + whole[place + 1 :])
        said = re.search(r"line (\d+):", refusal(elsewhere))
        assert said
        assert int(said[1]) == whole[:place].count(b"\n") + 1
    path.write_bytes(whole)
    import_site(elsewhere, silent)


def test_cut_off_file_is_named_with_its_last_line(elsewhere: Path) -> None:
    lines = (elsewhere / POSTS).read_bytes().splitlines(keepends=True)
    (elsewhere / POSTS).write_bytes(b"".join(lines[:3]))
    assert refusal(elsewhere).startswith(
        f"E/{POSTS}, line 3: nothing follows, and {len(lines)} lines were written;"
    )
    (elsewhere / POSTS).write_bytes(b"".join(lines[:3]) + lines[3][:20])
    assert refusal(elsewhere).startswith(f"E/{POSTS}, line 4: it is cut off;")


def test_lines_in_another_order_are_found(elsewhere: Path) -> None:
    lines = (elsewhere / POSTS).read_bytes().splitlines(keepends=True)
    (elsewhere / POSTS).write_bytes(b"".join(reversed(lines)))
    assert "lines before it are others than were written" in refusal(elsewhere)


def test_missing_files_are_named(elsewhere: Path) -> None:
    (elsewhere / "files" / "ab" / "random").write_bytes(b"%PD")
    assert refusal(elsewhere) == ("E/files/ab/random is cut off: use another copy of the folder.")
    (elsewhere / PEOPLE).unlink()
    assert refusal(elsewhere) == f"E/{PEOPLE} is missing: use another copy of the export."


def test_newer_export_asks_for_an_update(elsewhere: Path) -> None:
    reseal(elsewhere, version=2)
    assert refusal(elsewhere).endswith(" reads 1: update Guildhall first.")


def test_model_of_a_newer_version_asks_for_an_update(elsewhere: Path) -> None:
    reseal(elsewhere, records={"community.Moon": 0}, guildhall="9.9")
    assert refusal(elsewhere) == (
        "E/manifest.json names records of community.Moon, which this Guildhall doesn't know:"
        " update to the version that made the export (9.9) or newer."
    )


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"moon": 1}, "'moon' is no column of this version"),
        ({"topic": "nowhere"}, "topic names 'nowhere', which isn't there"),
        ({"number": "many"}, "number can't be 'many'"),
        ({"number": None}, "number can't be None: it is missing"),
        ({"number": -1}, "number can't be -1"),
        ({"kind": "poem"}, "kind can't be 'poem'"),
        ({"created_at": "yesterday"}, "created_at can't be 'yesterday'"),
        ({"byline": "x" * 121}, "byline can't be "),
        ({"author": {}}, "author names {}, which isn't there"),
    ],
)
def test_line_that_fits_no_row_is_named(elsewhere: Path, changed: dict[str, Any], why: str) -> None:
    change_line(elsewhere, POSTS, 4, **changed)
    said = refusal(elsewhere)
    assert said.startswith(f"E/{POSTS}, line 4: {why}")


def test_rows_that_the_database_refuses_are_named(elsewhere: Path) -> None:
    _number, first = next(read_records(elsewhere / PEOPLE))
    change_line(elsewhere, PEOPLE, 2, public_id=first["public_id"])
    assert refusal(elsewhere).startswith(f"E/{PEOPLE}, lines 1 to ")


def test_html_of_an_export_is_never_taken(elsewhere: Path) -> None:
    change_line(elsewhere, POSTS, 1, html="<script>alert(1)</script>")
    assert "'html' is no column of this version" in refusal(elsewhere)


def test_site_with_people_is_refused(export: Path) -> None:
    assert refusal(export).startswith("This site isn't empty (it has rows of community.User): E ")


def test_another_export_cannot_take_over_a_broken_off_one(elsewhere: Path) -> None:
    def break_off(what: str, done: int, total: int) -> None:
        if what == "community.User":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_site(elsewhere, break_off)
    reseal(elsewhere, made_at="2020-01-01T00:00:00+00:00")
    assert refusal(elsewhere).startswith("This site isn't empty")


def test_refused_export_writes_nothing(elsewhere: Path) -> None:
    (elsewhere / "records" / "community.Attachment.jsonl").write_bytes(b"{}\n")
    refusal(elsewhere)
    assert User.objects.count() == 0


def test_name_outside_of_the_folder_is_refused(elsewhere: Path) -> None:
    content = json.loads((elsewhere / MANIFEST).read_text())
    content["files"]["files/../../../etc/hostname"] = vars(Stored(1, "0"))
    (elsewhere / MANIFEST).write_text(json.dumps(content | {"sha256": seal(content)}))
    assert "which lies outside of the folder" in refusal(elsewhere)
