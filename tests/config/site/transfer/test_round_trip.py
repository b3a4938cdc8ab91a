"""What was exported, imported and exported again is the same, byte for byte."""

import json
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from community.accounts.models import OrgUnit, User
from community.outbox.models import Event
from community.spaces.models import Space
from config.exports import EXPORTED
from config.site.manifest import files_below
from config.site.transfer import importing
from config.site.transfer.exporting import UNFINISHED, export_site
from config.site.transfer.importing import import_site
from config.site.transfer.lines import read_records
from discussions.topics.models import Post, Topic
from tests.config.site.transfer.conftest import empty_site, silent
from tests.factories.community import PASSWORD
from tests.factories.discussions import make_topic
from tests.house.office import Office

pytestmark = pytest.mark.slow

DERIVED = {
    Post: ("html", "render_version"),
    Topic: (
        "excerpt",
        "active_at",
        "last_byline",
        "last_number",
        "answer_count",
        "reply_count",
        "comment_count",
        "score",
    ),
    Space: ("rules_html", "member_count", "topic_count"),
}


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file; of the manifest all but the time, and the seal that covers it."""
    found = {name: path.read_bytes() for name, path in files_below(folder)}
    manifest = json.loads(found["manifest.json"])
    del manifest["made_at"], manifest["sha256"]
    return found | {"manifest.json": json.dumps(manifest).encode()}


def derived() -> dict[str, list[tuple[object, ...]]]:
    return {
        model.__name__: list(
            model._base_manager.order_by("public_id").values_list("public_id", *names)
        )
        for model, names in DERIVED.items()
    }


def test_round_trip_is_equal_byte_for_byte(export: Path, kept: Path, tmp_path: Path) -> None:
    before = derived()
    empty_site(kept)
    import_site(export, silent)
    export_site(tmp_path / "again", silent)
    assert bytes_of(tmp_path / "again") == bytes_of(export)
    assert derived() == before
    assert (kept / "ab" / "random").read_bytes() == b"%PDF" * 1000


def test_every_exported_model_has_rows_in_this_test(export: Path) -> None:
    """Otherwise the round trip says nothing about it."""
    records = json.loads((export / "manifest.json").read_text())["records"]
    assert list(records) == list(EXPORTED)
    empty = [label for label, lines in records.items() if not lines]
    assert empty == [], "add rows to the site of conftest.py"


def test_import_tells_nobody_and_makes_paths_again(export: Path, kept: Path) -> None:
    empty_site(kept)
    import_site(export, silent)
    assert Event.objects.count() == 0
    assert [unit.path for unit in OrgUnit.objects.all()] == [
        f"/{unit.pk}/" for unit in OrgUnit.objects.all()
    ]


def test_secrets_and_internal_keys_stay_behind(
    office: Office, client: Client, tmp_path: Path
) -> None:
    ada = office.people["ada"]
    client.force_login(ada)
    export_site(tmp_path / "export", silent)
    everything = b"".join(path.read_bytes() for _name, path in files_below(tmp_path / "export"))
    stored = User.objects.get(pk=ada.pk).password
    assert ada.has_usable_password()
    for secret in (stored, PASSWORD, str(client.session.session_key)):
        assert secret.encode() not in everything
    posts = tmp_path / "export" / "records" / "discussions.Post.jsonl"
    _line, first = next(read_records(posts))
    assert first["topic"] == Post.objects.earliest("pk").topic.public_id
    assert "id" not in first
    assert "password" in (tmp_path / "export" / "manifest.json").read_text(), "with its reason"


def test_imported_people_choose_a_new_password(export: Path, kept: Path, client: Client) -> None:
    empty_site(kept)
    import_site(export, silent)
    ada = User.objects.get(handle="ada")
    assert not ada.has_usable_password()
    client.force_login(ada)
    assert client.get("/").status_code == 200


def test_export_while_people_write_is_of_one_moment(
    office: Office, kept: Path, tmp_path: Path
) -> None:
    """Every row leads to rows that are in the export too."""
    is_over = threading.Event()

    def write() -> None:
        while not is_over.is_set():
            make_topic(office.workshop, by=office.people["ada"])
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        export_site(tmp_path / "busy", silent)
    finally:
        is_over.set()
        writer.join()
    empty_site(kept)
    import_site(tmp_path / "busy", silent)
    assert Post.objects.filter(number=1).count() == Topic.objects.count()


@pytest.mark.parametrize("stop_after", [1, 30, 60, 90])
def test_import_that_was_broken_off_goes_on(
    export: Path, kept: Path, tmp_path: Path, stop_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "ROWS", 2)
    empty_site(kept)
    calls = 0

    def break_off(what: str, done: int, total: int) -> None:
        nonlocal calls
        calls += not what.startswith("Checked")
        if calls == stop_after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_site(export, break_off)
    import_site(export, silent)
    export_site(tmp_path / "again", silent)
    assert bytes_of(tmp_path / "again") == bytes_of(export)


def test_export_that_was_broken_off_goes_on(export: Path, office: Office, kept: Path) -> None:
    (export / "manifest.json").unlink()
    (export / UNFINISHED).touch()
    (export / "files" / "gone").write_bytes(b"deleted since")
    there = (export / "files" / "ab" / "random").stat().st_mtime_ns
    topic = make_topic(office.workshop, by=office.people["ada"], title="Written since")
    export_site(export, silent)
    assert topic.public_id in (export / "records" / "discussions.Topic.jsonl").read_text()
    assert (export / "files" / "ab" / "random").stat().st_mtime_ns == there
    assert not (export / "files" / "gone").exists()
    assert not (export / UNFINISHED).exists()


def test_commands_say_how_fast_they_were(office: Office, kept: Path, tmp_path: Path) -> None:
    out = StringIO()
    call_command("export_site", str(tmp_path / "one"), stdout=out)
    empty_site(kept)
    call_command("import_site", str(tmp_path / "one"), stdout=out)
    for line in out.getvalue().splitlines():
        assert " rows and 6 files in " in line
        assert line.endswith(" rows/s")
