"""The newest Java on this machine."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FOLDERS = ("/usr/lib/jvm/*", "/opt/java/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home")


@dataclass(frozen=True, order=True)
class Java:
    """A Java by its major version, such as 21, and its home folder."""

    version: int
    home: Path


def newest_java() -> Java | None:
    """The one that ES_JAVA_HOME or JAVA_HOME names, else the newest that is installed."""
    for variable in ("ES_JAVA_HOME", "JAVA_HOME"):
        if named := _at(Path(os.environ.get(variable) or "/nonexistent")):
            return named
    return max(filter(None, map(_at, _homes())), default=None)


def _homes() -> Iterator[Path]:
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parent.parent
    for pattern in _FOLDERS:
        yield from Path("/").glob(pattern.lstrip("/"))


def _at(home: Path) -> Java | None:
    release = home / "release"
    if not (home / "bin" / "java").exists() or not release.exists():
        return None
    named = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE)
    return Java(int(named[1]), home) if named else None
