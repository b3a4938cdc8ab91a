"""Two servers never share a data folder."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.site.folder import FolderInUse, keep_folder

pytestmark = pytest.mark.slow

MANAGE = Path(__file__).parents[3] / "manage.py"


def test_folder_is_held_by_one_and_free_again_afterwards(tmp_path: Path) -> None:
    descriptor = keep_folder(tmp_path)
    assert os.get_inheritable(descriptor)
    with pytest.raises(FolderInUse, match="is in use by another server"):
        keep_folder(tmp_path)
    os.close(descriptor)
    os.close(keep_folder(tmp_path))


def test_second_start_ends_with_a_sentence(tmp_path: Path) -> None:
    descriptor = keep_folder(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": port}
    ended = subprocess.run(
        [sys.executable, MANAGE, "start"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(descriptor)
    assert (ended.returncode, "is in use by another server" in ended.stderr) == (1, True)
    assert not (tmp_path / "guildhall.sqlite3").exists()
