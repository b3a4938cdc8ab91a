from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

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


def command(folder: Path, *options: str) -> str:
    output = StringIO()
    call_command("import_stackexchange", str(folder), *options, stdout=output, stderr=StringIO())
    return output.getvalue()
