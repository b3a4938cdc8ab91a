import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.site.listener import ListenError, open_listener

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_free_port_is_listened_on() -> None:
    with open_listener("127.0.0.1", 0) as listener:
        socket.create_connection(listener.getsockname()).close()


def test_taken_port_is_named_with_the_way_out(taken_port: int) -> None:
    with pytest.raises(ListenError) as error:
        open_listener("127.0.0.1", taken_port)
    assert str(error.value) == sentence(taken_port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "nowhere.invalid", "x" * 70])
def test_address_of_another_machine_is_refused_with_the_way_out(host: str) -> None:
    with pytest.raises(ListenError) as error:
        open_listener(host, 8000)
    reason = f"{host} is no address of this machine"
    assert str(error.value) == f"{reason}. Choose one with HOST=127.0.0.1 make run."


def test_serve_on_a_taken_port_says_one_sentence_and_starts_nothing(
    taken_port: int, tmp_path: Path
) -> None:
    served = subprocess.run(
        [sys.executable, ROOT / "manage.py", "serve", "--port", str(taken_port), "--skip-checks"],
        env=os.environ | {"DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (served.returncode, served.stderr) == (1, sentence(taken_port) + "\n")


def sentence(port: int) -> str:
    return f"Port {port} is taken by another program. Choose one with PORT={port + 1} make run."
