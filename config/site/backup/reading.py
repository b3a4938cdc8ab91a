"""Whether a backup is whole, fits this site, and gives back what it was made of."""

from pathlib import Path
from typing import Any

from django.db import connection

from config.site.backup.databases import copier, known_migrations
from config.site.backup.making import BACKUP
from config.site.backup.tables import Content, Contents, difference
from config.site.manifest import MANIFEST, FolderError, Progress, check_files, read_manifest


def read_backup(folder: Path, progress: Progress) -> dict[str, Any]:
    """Return the manifest of an undamaged backup that this site can take in.

    Raises FolderError that names the file.
    """
    manifest = read_manifest(folder, BACKUP)
    path = folder / MANIFEST
    if manifest["database"] != connection.vendor:
        raise FolderError(
            f"{path} says {manifest['database']}, and DATABASE_URL names {connection.vendor}:"
            " change DATABASE_URL, or bring the content over with export_site and import_site."
        )
    if unknown := sorted(set(manifest["migrations"]) - known_migrations()):
        raise FolderError(
            f"{path} names the migration {unknown[0]}, which this Guildhall doesn't know:"
            f" update to the version that made the backup ({manifest['guildhall']}) or newer."
        )
    check_files(folder, manifest["files"], progress)
    return manifest


def verify_backup(folder: Path, progress: Progress) -> Contents:
    """Restore aside and compare every table with what the site held; return the tables.

    Raises FolderError that names the first table which differs.
    """
    manifest = read_backup(folder, progress)
    expected = {name: Content(**content) for name, content in manifest["tables"].items()}
    used = copier()
    with used.restored_aside(folder) as found:
        if problem := difference(expected, found):
            raise FolderError(f"{folder / used.DUMP}: {problem}; make another backup.")
    return expected
