"""JSON lines in which every damaged line is found: each ends with a checksum of its own."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

from config.site.manifest import FolderError, Stored

Record = dict[str, Any]
SUM = b',"sum":"'
# The checksum, eight hex digits, with what stands around it.
TAIL = len(SUM) + 8 + len('"}')


def line_of(record: Record) -> bytes:
    """One line: the record as JSON, with the CRC-32 of all before it as the last member, "sum"."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    return b'%s,"sum":"%08x"}\n' % (text[:-1], crc32(text))


def record_of(line: bytes) -> Record:
    """Raises ValueError for a line that isn't as line_of() made it."""
    line = line.removesuffix(b"\n")
    text, tail = line[:-TAIL] + b"}", line[-TAIL:]
    if tail != b'%s%08x"}' % (SUM, crc32(text)):
        raise ValueError("its checksum is another")
    record = json.loads(text)
    if not isinstance(record, dict):
        raise TypeError("it is no object")
    return record


def read_records(path: Path) -> Iterator[tuple[int, Record]]:
    """The number of each line, from 1, and its record. Raises FolderError that names the line."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield number, record_of(line)
            except (ValueError, TypeError) as error:
                raise damaged(path, number, str(error)) from error


def damaged(path: Path, line: int, why: str) -> FolderError:
    return FolderError(f"{path}, line {line:,}: {why}; use another copy of the export.")


def check_records(path: Path, stored: Stored, lines: int) -> None:
    """Raises FolderError unless path holds the lines that were written, and no others."""
    digest, found = sha256(), 0
    with path.open("rb") as file:
        for found, line in enumerate(file, start=1):
            digest.update(line)
            if not line.endswith(b"\n"):
                raise damaged(path, found, f"it is cut off; {lines:,} lines were written")
            try:
                record_of(line)
            except (ValueError, TypeError) as error:
                raise damaged(path, found, str(error)) from error
    if found < lines:
        raise damaged(path, found, f"nothing follows, and {lines:,} lines were written")
    if digest.hexdigest() != stored.sha256:
        raise damaged(path, found, "lines before it are others than were written")
