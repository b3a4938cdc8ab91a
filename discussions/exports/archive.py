"""A zip file of JSON lines, Markdown and files, written without holding it in memory."""

import json
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

# (rows done, of how many)
Progress = Callable[[int, int], None]
BLOCK_BYTES = 256 * 1024


class Archive:
    """Names in it are made of public ids and slugs, never of what people typed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._zip = ZipFile(file, "w")
        self._made_at = timezone.now().timetuple()[:6]

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()
        self._file.seek(0, 2)

    def write_lines(self, name: str, records: Iterable[dict[str, Any]]) -> None:
        """One JSON object a line."""
        with self._zip.open(self._entry(name), "w", force_zip64=True) as file:
            for record in records:
                text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
                file.write(text.encode() + b"\n")

    def write_text(self, name: str, text: str) -> None:
        self._zip.writestr(self._entry(name), text)

    def write_file(self, name: str, source: IO[bytes]) -> None:
        """Stored as it is: pictures don't get smaller."""
        entry = self._entry(name, ZIP_STORED)
        with self._zip.open(entry, "w", force_zip64=True) as file:
            while block := source.read(BLOCK_BYTES):
                file.write(block)

    def _entry(self, name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
        entry = ZipInfo(name, self._made_at)
        entry.compress_type = compression
        return entry
