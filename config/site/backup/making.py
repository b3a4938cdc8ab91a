"""Writing a backup: the database, then the files, then the manifest."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from config.site.backup.databases import applied_migrations, copier
from config.site.manifest import (
    Kind,
    Progress,
    copy_file,
    kept_files,
    make_folder,
    measure,
    write_manifest,
)

BACKUP = Kind("guildhall-backup", 1, "manage.py backup")
FILES = "files"


def make_backup(folder: Path, progress: Progress) -> dict[str, Any]:
    """Write everything that the site keeps into folder; return the manifest.

    People go on writing meanwhile: the database is copied in one state, and then the files, whose
    names are random and whose content never changes. Raises FolderError.
    """
    make_folder(folder)
    used = copier()
    tables = used.save(folder, progress)
    stored = {used.DUMP: measure(folder / used.DUMP)}
    sources = list(_kept_files())
    for done, (name, path) in enumerate(sources, start=1):
        try:
            stored[name] = copy_file(path, folder / name)
        except FileNotFoundError:
            continue  # deleted since the database was copied
        progress("Files", done, len(sources))
    return write_manifest(
        folder,
        BACKUP,
        stored,
        database=connection.vendor,
        database_version=used.server_version(),
        migrations=applied_migrations(),
        tables={name: asdict(content) for name, content in sorted(tables.items())},
    )


def _kept_files() -> Iterator[tuple[str, Path]]:
    for name, path in kept_files():
        yield f"{FILES}/{name}", path
    if settings.SITE_NAME_FILE.exists():
        yield settings.SITE_NAME_FILE.name, settings.SITE_NAME_FILE
