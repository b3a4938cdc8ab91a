"""Putting an export into an empty site: row after row in the order in which they were made."""

import json
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError, connection

from community.outbox.recording import action
from config.rebuilds import REBUILDS
from config.site.manifest import (
    FolderError,
    Progress,
    copy_file,
    kept_files,
    require_local_files,
    safe_path,
)
from config.site.transfer.checking import read_export
from config.site.transfer.exporting import FILES
from config.site.transfer.lines import read_records
from config.site.transfer.rows import Numbered, RowBuilder, database_refused
from config.site.transfer.tables import Table, tables

ROWS = 500


def import_site(folder: Path, progress: Progress) -> dict[str, Any]:
    """Bring an export into this site, which must be empty; return the manifest.

    Nothing is written before the whole export was checked. A run that was broken off goes on
    where it stood: each batch is a transaction, and rows are put in by the order of the lines, so
    that their number says how far it had come. Records no events. Raises FolderError.
    """
    require_local_files()
    manifest = read_export(folder, progress)
    _begin(folder, manifest["sha256"])
    _copy_files(folder, manifest["files"], progress)
    known = [table for table in tables() if table.label in manifest["records"]]
    for table in known:
        _put_in(folder, table, manifest["records"][table.label], progress)
    for table in known:
        if table.later:
            _link(folder, table, manifest["records"][table.label], progress)
    for name, rebuild in REBUILDS.items():
        rebuild(partial(progress, name))
    _marker().unlink()
    return manifest


def _marker() -> Path:
    """Says which export is on its way into which database."""
    return Path(settings.DATA_DIR, "importing.json")


def _begin(folder: Path, seal: str) -> None:
    this = json.dumps({"export": seal, "database": str(connection.settings_dict["NAME"])})
    if _marker().exists() and _marker().read_text() == this:
        return
    for table in tables():
        if table.model._base_manager.exists():
            raise FolderError(
                f"This site isn't empty (it has rows of {table.label}): {folder} can be imported"
                " into an empty one only, say with another DATA_DIR."
            )
    if any(kept_files()):
        raise FolderError(f"{settings.MEDIA_ROOT} isn't empty: empty it, or use another DATA_DIR.")
    _marker().write_text(this)


def _copy_files(folder: Path, names: dict[str, Any], progress: Progress) -> None:
    wanted = [name.removeprefix(f"{FILES}/") for name in names if name.startswith(f"{FILES}/")]
    for done, name in enumerate(wanted, start=1):
        target = safe_path(Path(settings.MEDIA_ROOT), name)
        if not target.exists():
            copy_file(folder / FILES / name, target)
        progress("Files", done, len(wanted))


def _put_in(folder: Path, table: Table, total: int, progress: Progress) -> None:
    path = folder / table.file
    builder, done = RowBuilder(table, path), table.model._base_manager.count()
    for batch in _batches(path, start=done):
        try:
            _insert(builder, table, batch)
        except (DataError, IntegrityError) as error:
            raise database_refused(path, batch, error) from error
        done += len(batch)
        progress(table.label, done, total)


@action
def _insert(builder: RowBuilder, table: Table, batch: Numbered) -> None:
    table.model._base_manager.bulk_create(builder.build(batch))


def _link(folder: Path, table: Table, total: int, progress: Progress) -> None:
    path = folder / table.file
    builder, done, last = RowBuilder(table, path), 0, 0
    rows = table.model._base_manager.order_by("pk")
    for batch in _batches(path):
        ids = list(rows.filter(pk__gt=last).values_list("pk", flat=True)[: len(batch)])
        _set_links(builder, table, dict(zip(ids, batch, strict=True)))
        done, last = done + len(batch), ids[-1]
        progress(f"{table.label}, links", done, total)


@action
def _set_links(builder: RowBuilder, table: Table, rows: dict[int, tuple[int, Any]]) -> None:
    links = builder.links(list(rows.values()))
    for pk, link in zip(rows, links, strict=True):
        if any(link.values()):
            table.model._base_manager.filter(pk=pk).update(**link)


def _batches(path: Path, start: int = 0) -> Iterator[Numbered]:
    records = islice(read_records(path), start, None)
    while batch := list(islice(records, ROWS)):
        yield batch
