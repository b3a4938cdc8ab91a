"""Putting a backup in the place of what the site holds."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from community.outbox.relocation import forget_transaction_ids
from config.site.backup.databases import copier, is_empty
from config.site.backup.making import FILES
from config.site.backup.reading import read_backup
from config.site.manifest import (
    FolderError,
    Progress,
    copy_file,
    files_below,
    require_local_files,
    safe_path,
)


def restore_backup(folder: Path, progress: Progress, *, replace: bool = False) -> dict[str, Any]:
    """Restore database and files, and bring them to this version; return the manifest.

    The site must be stopped. Nothing is touched before the whole backup was checked, and a run
    that is broken off can be repeated with replace. Raises FolderError.
    """
    require_local_files()
    manifest = read_backup(folder, progress)
    kept = Path(settings.MEDIA_ROOT)
    if not replace and not (is_empty() and not any(files_below(kept))):
        raise FolderError(
            f"This site isn't empty: add --replace to lose what it holds, in favour of {folder}."
        )
    names = [name.removeprefix(f"{FILES}/") for name in manifest["files"] if _is_kept(name)]
    for done, name in enumerate(names, start=1):
        # Names are random, so that nothing of before is overwritten yet.
        copy_file(folder / FILES / name, safe_path(kept, name))
        progress("Files", done, len(names))
    copier().restore(folder, progress)
    _remove_others(kept, names)
    _bring_site_name(folder, manifest["files"])
    _bring_up_to_date()
    return manifest


def _is_kept(name: str) -> bool:
    return name.startswith(f"{FILES}/")


def _remove_others(kept: Path, names: Iterable[str]) -> None:
    wanted = set(names)
    for name, path in files_below(kept):
        if name not in wanted:
            path.unlink()


def _bring_site_name(folder: Path, files: Iterable[str]) -> None:
    name = settings.SITE_NAME_FILE.name
    if name in files:
        copy_file(folder / name, settings.SITE_NAME_FILE)
    else:
        settings.SITE_NAME_FILE.unlink(missing_ok=True)


def _bring_up_to_date() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    forget_transaction_ids()
