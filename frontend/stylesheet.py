"""One stylesheet out of the parts in frontend/css, for runserver and collectstatic alike."""

import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

SOURCE = Path(__file__).parent / "css"
NAME = "css/guildhall.css"

# The order of the parts is the order of the cascade inside a layer.
PARTS = (
    "tokens",
    "base",
    "layout",
    "shell",
    "controls",
    "fields",
    "menus",
    "parts",
    "faces",
    "cards",
    "topic",
    "composer",
    "prose",
    "highlight",
    "places",
    "phone",
    "print",
)


def joined() -> str:
    """The parts as one stylesheet, in the order of PARTS."""
    return "\n".join((SOURCE / f"{name}.css").read_text(encoding="utf-8") for name in PARTS)


@cache
def folder() -> tempfile.TemporaryDirectory[str]:
    """Where this process keeps the joined file; removed when the process ends."""
    return tempfile.TemporaryDirectory(prefix="guildhall-css-")


def written() -> Path:
    """Join the parts into a file, and return its path.

    The file is as old as its newest part: whoever asks what has changed since finds nothing.
    """
    path = Path(folder().name) / NAME
    path.parent.mkdir(exist_ok=True)
    path.write_text(joined(), encoding="utf-8")
    changed = max((SOURCE / f"{name}.css").stat().st_mtime_ns for name in PARTS)
    os.utime(path, ns=(changed, changed))
    return path


class StylesheetFinder(BaseFinder):
    """Offers NAME, written anew from its parts each time that somebody looks for it."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False) -> Any:
        """Return the path of the joined file, in a list where all matches are asked for."""
        if path != NAME:
            return [] if find_all else None
        found = str(written())
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        if not matches_patterns(NAME, ignore_patterns):
            written()
            yield NAME, FileSystemStorage(location=folder().name)
