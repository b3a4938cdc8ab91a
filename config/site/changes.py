"""Notices that source files have changed, for `manage.py serve --reload`."""

import os
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = {".py", ".html", ".txt", ".md"}
IGNORED = {"data", "node_modules", "tests", "__pycache__"}


class SourceWatch:
    """Remembers the times of all Python files and templates below folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = self._times()

    def has_changed(self) -> bool:
        """Return whether a file was added, changed or removed since the last call."""
        before, self._seen = self._seen, self._times()
        return before != self._seen

    def _times(self) -> dict[Path, int]:
        times = {}
        for path in source_files(self._folder):
            try:
                times[path] = path.stat().st_mtime_ns
            except FileNotFoundError:
                continue
        return times


def source_files(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in IGNORED and name[0] != "."]
        yield from (Path(parent, name) for name in files if Path(name).suffix in SUFFIXES)
