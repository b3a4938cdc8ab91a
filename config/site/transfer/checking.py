"""Whether an export is whole and of a version that we know."""

from pathlib import Path
from typing import Any

from config.exports import EXPORTED
from config.site.manifest import (
    MANIFEST,
    FolderError,
    Progress,
    check_files,
    read_manifest,
    safe_path,
)
from config.site.transfer.exporting import EXPORT, FILES
from config.site.transfer.lines import check_records
from config.site.transfer.tables import Table


def read_export(folder: Path, progress: Progress) -> dict[str, Any]:
    """Return the manifest of an undamaged export.

    Raises FolderError that names the file, and in a file of records the line.
    """
    manifest = read_manifest(folder, EXPORT)
    for label, lines in manifest["records"].items():
        if label not in EXPORTED:
            raise FolderError(
                f"{folder / MANIFEST} names records of {label}, which this Guildhall doesn't know:"
                f" update to the version that made the export ({manifest['guildhall']}) or newer."
            )
        path = safe_path(folder, Table(label).file)
        if not path.is_file():
            raise FolderError(f"{path} is missing: use another copy of the export.")
        check_records(path, manifest["files"][Table(label).file], lines)
        progress(f"Checked {label}", lines, lines)
    files = {name: one for name, one in manifest["files"].items() if name.startswith(f"{FILES}/")}
    check_files(folder, files, progress)
    return manifest
