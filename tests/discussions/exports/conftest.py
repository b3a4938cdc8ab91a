import io
import json
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage

from discussions.exports.models import Export
from discussions.exports.tasks import write_export

Contents = dict[str, Any]


class Reporter:
    """Stands where a running job's context does."""

    def __init__(self) -> None:
        self.reported: list[tuple[int, int]] = []

    def progress(self, done: int, total: int) -> None:
        self.reported.append((done, total))


@pytest.fixture
def write() -> Callable[[Export], Contents]:
    """Let the worker's function write an export; returns the files, JSON lines parsed."""

    def run(export: Export) -> Contents:
        write_export.function(Reporter(), export.pk)
        return contents(export)

    return run


def contents(export: Export) -> Contents:
    with default_storage.open(export.stored_as) as file:
        archive = ZipFile(io.BytesIO(file.read()))
    return {name: _read(name, archive.read(name)) for name in archive.namelist()}


def _read(name: str, content: bytes) -> Any:
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in content.splitlines()]
    return content.decode() if name.endswith((".md", ".vtt")) else content
