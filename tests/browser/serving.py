"""The site as a process of its own: compressed files and sockets need the real server."""

import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import process_environment

MANAGE = str(Path(__file__).parents[2] / "manage.py")


@contextmanager
def served(*, prepared: bool = False, **variables: str) -> Iterator[str]:
    """Serve this test's database; yields the address. For transactional tests.

    prepared: with files that are compressed and have a hash in their names, which takes seconds.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        environment = process_environment() | {"SITE_URL": address} | variables
        if prepared:
            subprocess.run([sys.executable, MANAGE, "prepare"], env=environment, check=True)
        else:
            environment["DEBUG"] = "1"
        fd = listener.fileno()
        # As the supervisor starts it.
        command = [MANAGE, "serve", "--web", "--listener-fd", str(fd), "--skip-checks"]
        server = subprocess.Popen([sys.executable, *command], env=environment, pass_fds=[fd])
    try:
        # The listener is there, so this waits; on a busy machine longer than a page would.
        with urllib.request.urlopen(f"{address}/account/login/", timeout=60):
            yield address
    finally:
        server.terminate()
        ended = server.wait(timeout=20)
    assert ended == 0
