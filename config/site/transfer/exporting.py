"""Writing an export: the records from one state of the site, then the files, then the manifest."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from config.exports import EXPORTED, LEFT_OUT
from config.site.manifest import (
    Kind,
    Progress,
    Stored,
    copy_file,
    files_below,
    kept_files,
    make_folder,
    measure,
    require_local_files,
    sync,
    write_manifest,
)
from config.site.transfer.lines import Record, line_of
from config.site.transfer.one_state import one_state
from config.site.transfer.tables import Column, Table, keys_of, tables, written

EXPORT = Kind("guildhall-export", 1, "manage.py export_site")
FILES = "files"
UNFINISHED = "unfinished"
ROWS = 1_000


def export_site(folder: Path, progress: Progress) -> dict[str, Any]:
    """Write all that EXPORTED names, and the files; return the manifest.

    A run that was broken off is repeated with the same folder: records are written anew, files
    that are there are kept. Raises FolderError.
    """
    require_local_files()
    _begin(folder)
    with one_state():
        records = {table.label: _write_table(folder, table, progress) for table in tables()}
    stored = {Table(label).file: one for label, (one, _lines) in records.items()}
    stored |= _copy_files(folder, progress)
    manifest = write_manifest(
        folder,
        EXPORT,
        stored,
        records={label: lines for label, (_stored, lines) in records.items()},
        left_out=_left_out(),
    )
    (folder / UNFINISHED).unlink()
    return manifest


def _begin(folder: Path) -> None:
    if not (folder / UNFINISHED).exists():
        make_folder(folder)
        (folder / UNFINISHED).touch()
    (folder / "records").mkdir(exist_ok=True)


def _write_table(folder: Path, table: Table, progress: Progress) -> tuple[Stored, int]:
    digest, size, lines = sha256(), 0, 0
    total = table.model._base_manager.count()
    with (folder / table.file).open("wb") as file:
        for chunk in _chunks(table):
            block = b"".join(map(line_of, chunk))
            file.write(block)
            digest.update(block)
            size += len(block)
            lines += len(chunk)
            progress(table.label, lines, total)
        file.flush()
        sync(file.fileno())
    return Stored(size, digest.hexdigest()), lines


def _chunks(table: Table) -> Iterator[list[Record]]:
    """The rows in the order in which they were made, which an import keeps."""
    paths = [column.path for column in table.columns]
    rows, last = table.model._base_manager.order_by("pk"), 0
    while chunk := list(rows.filter(pk__gt=last).values_list("pk", *paths)[:ROWS]):
        last = chunk[-1][0]
        records = [_record(table.columns, values) for _pk, *values in chunk]
        for column in table.columns:
            if column.by_kind:
                records = _named_by_kind(column, records)
        yield records


def _record(columns: list[Column], values: list[Any]) -> Record:
    return {column.name: written(value) for column, value in zip(columns, values, strict=True)}


def _named_by_kind(column: Column, records: list[Record]) -> list[Record]:
    """With keys in the place of ids; a row that leads nowhere any more is left out."""
    assert column.by_kind
    kinds = column.by_kind
    ids: dict[str, set[int]] = {}
    for record in records:
        label = kinds.models.get(record[kinds.kind_column])
        if label:
            ids.setdefault(label, set()).add(record[column.name])
    keys = {label: keys_of(label, found) for label, found in ids.items()}
    named = []
    for record in records:
        label = kinds.models.get(record[kinds.kind_column], "")
        key = keys.get(label, {}).get(record[column.name])
        if key is not None:
            named.append(record | {column.name: key})
    return named


def _copy_files(folder: Path, progress: Progress) -> dict[str, Stored]:
    """Copy what isn't there yet: a file's content never changes under its name."""
    sources, stored = dict(kept_files()), {}
    for name, path in files_below(folder / FILES):
        if name not in sources:
            path.unlink()
    for done, (name, path) in enumerate(sources.items(), start=1):
        target = folder / FILES / name
        try:
            stored[f"{FILES}/{name}"] = (
                measure(target) if target.exists() else copy_file(path, target)
            )
        except FileNotFoundError:
            continue  # deleted since the records were written
        progress("Files", done, len(sources))
    return stored


def _left_out() -> dict[str, str]:
    columns = {
        f"{label}.{name}": reason
        for label, exported in EXPORTED.items()
        for name, reason in exported.left_out.items()
    }
    return dict(sorted((LEFT_OUT | columns).items()))
