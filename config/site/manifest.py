"""A folder of ours lists its files with their hashes, so that a damaged one is found and named."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.utils import timezone

from config.site.version import version
from discussions.exports.models import FOLDER

MANIFEST = "manifest.json"
BLOCK_BYTES = 1024 * 1024

# (what is done, how much of it, of how much)
Progress = Callable[[str, int, int], None]


class FolderError(Exception):
    """One sentence that names the file, what is wrong with it and what to do."""


@dataclass(frozen=True)
class Kind:
    """What a folder holds; raise version when an older Guildhall could not read it."""

    name: str
    version: int
    made_by: str


@dataclass(frozen=True)
class Stored:
    bytes: int
    sha256: str


def make_folder(folder: Path) -> None:
    """Make a folder for its owner only. Raises FolderError where something is in it already."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise FolderError(f"{folder} can't be used: {error.strerror}.") from error
    if taken:
        raise FolderError(f"{folder} is not empty: name a new folder.")


def copy_file(source: Path, target: Path) -> Stored:
    """Copy to stable storage; nobody sees half a file under target's name."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, part.open("wb") as written:
        while block := read.read(BLOCK_BYTES):
            written.write(block)
            digest.update(block)
            size += len(block)
        sync(written.fileno())
    part.replace(target)
    return Stored(size, digest.hexdigest())


def sync(descriptor: int) -> None:
    os.fsync(descriptor)


def measure(path: Path) -> Stored:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return Stored(file.tell(), digest.hexdigest())


def require_local_files() -> None:
    """Raises FolderError where files are in a bucket, which no command copies yet."""
    if isinstance(storages["default"], FileSystemStorage):
        return
    raise FolderError(
        f"FILES_URL names a bucket, and files are copied from and to folders only: copy its"
        f" files into {settings.MEDIA_ROOT} with the tools of your store, and run this without"
        " FILES_URL."
    )


def kept_files() -> Iterator[tuple[str, Path]]:
    """The site's own files, without the downloads of a day."""
    for name, path in files_below(Path(settings.MEDIA_ROOT)):
        if not name.startswith(f"{FOLDER}/"):
            yield name, path


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name below folder, with slashes, and path of each file, in the order of the names."""
    found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return iter(sorted((path.relative_to(folder).as_posix(), path) for path in found))


def write_manifest(
    folder: Path, kind: Kind, files: Mapping[str, Stored], **facts: Any
) -> dict[str, Any]:
    """Written last: a folder without it was not finished."""
    content: dict[str, Any] = {
        "kind": kind.name,
        "version": kind.version,
        "made_at": timezone.now().isoformat(),
        "guildhall": version(),
        **facts,
        "files": {name: asdict(stored) for name, stored in sorted(files.items())},
    }
    content["sha256"] = seal(content)
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, ensure_ascii=False)
        file.write("\n")
        file.flush()
        sync(file.fileno())
    return content


def read_manifest(folder: Path, kind: Kind) -> dict[str, Any]:
    """Raises FolderError unless folder holds what kind says, in a version that we know."""
    path = folder / MANIFEST
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found, made = content["kind"], content["version"]
    except FileNotFoundError as error:
        raise FolderError(
            f"{path} is missing: the folder was not finished; make it again with {kind.made_by}."
        ) from error
    except OSError as error:
        raise FolderError(f"{path} can't be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise FolderError(f"{path} is damaged: use another copy of the folder.") from error
    if found != kind.name:
        raise FolderError(f"{path} says {found!r}: name a folder made with {kind.made_by}.")
    if not isinstance(made, int) or made > kind.version:
        raise FolderError(
            f"{path} has format {made}, and this Guildhall ({version()}) reads {kind.version}: "
            "update Guildhall first."
        )
    if content.get("sha256") != seal(content):
        raise FolderError(f"{path} is damaged: use another copy of the folder.")
    return content | {
        "files": {name: Stored(**stored) for name, stored in content["files"].items()}
    }


def seal(content: Mapping[str, Any]) -> str:
    """The hash of all the rest."""
    rest = {name: value for name, value in content.items() if name != "sha256"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def check_files(folder: Path, files: Mapping[str, Stored], progress: Progress) -> None:
    """Raises FolderError that names the first file which isn't as it was written."""
    for done, (name, stored) in enumerate(files.items(), start=1):
        path = safe_path(folder, name)
        if not path.is_file():
            raise FolderError(f"{path} is missing: use another copy of the folder.")
        if path.stat().st_size < stored.bytes:
            raise FolderError(f"{path} is cut off: use another copy of the folder.")
        if measure(path) != stored:
            raise FolderError(f"{path} is damaged: use another copy of the folder.")
        progress("Checked files", done, len(files))


def safe_path(folder: Path, name: str) -> Path:
    """The path of name in folder. Raises FolderError for a name that leads out of it."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise FolderError(f"{folder / MANIFEST} names {name!r}, which lies outside of the folder.")
    return path
