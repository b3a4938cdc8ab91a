"""Commands on a folder that nobody has prepared say so, instead of a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from config.site.prepared import NEED_TABLES, require_tables

MANAGE = str(Path(__file__).parents[3] / "manage.py")
AREAS = {"config", "community", "discussions", "expertise", "learning", "search"}


def test_every_command_of_ours_needs_tables_or_makes_them() -> None:
    ours = {name for name, app in get_commands().items() if app in AREAS}
    assert ours - {"prepare", "start", "restore"} == NEED_TABLES


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [["backup", "there"], ["serve", "--web"], ["import_stackexchange", ".", "--space", "Bikes"]],
)
def test_command_without_tables_is_refused_with_one_sentence(
    tmp_path: Path, arguments: list[str]
) -> None:
    told = subprocess.run(
        [sys.executable, MANAGE, *arguments],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == 1
    assert told.stderr.startswith(
        "The database isn't ready: run `manage.py prepare`, then this again."
    )
    assert not (tmp_path / "there").exists()


@pytest.mark.django_db
def test_prepared_database_is_let_through() -> None:
    require_tables()
