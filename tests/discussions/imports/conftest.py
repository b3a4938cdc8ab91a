from collections.abc import Callable
from pathlib import Path

import pytest

from discussions.imports.run import Options, import_dump
from discussions.imports.tally import Tally
from tests.discussions.imports.sample_dump import write_dump


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return write_dump(tmp_path / "sample")


@pytest.fixture
def run(db: None) -> Callable[[Path], Tally]:
    """Import a folder into a space Workshop that the import makes."""

    def import_folder(folder: Path) -> Tally:
        return import_dump(options(folder), lambda what, done, total: None)

    return import_folder


def options(folder: Path) -> Options:
    return Options(folder, "Workshop", create_space=True, site="example.stackexchange.com")
