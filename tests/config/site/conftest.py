import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Site:
    """A running server and the ways to talk to it."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def ask(
        self,
        path: str,
        method: str = "GET",
        *,
        body: Any = None,
        encode_chunked: bool = False,
        **headers: str,
    ) -> Answer:
        """Send one request; underscores in names of headers stand for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {k.replace("_", "-"): v for k, v in headers.items()}
        if encode_chunked:
            named["Transfer-Encoding"] = "chunked"
        with contextlib.closing(connection):
            connection.request(
                method, path, body=body, headers=named, encode_chunked=encode_chunked
            )
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def connect(self, *, receive_buffer: int | None = None) -> socket.socket:
        connection = socket.socket()
        if receive_buffer is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(20)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def open_request(self, path: str) -> socket.socket:
        """Send a request and leave its answer unread."""
        connection = self.connect(receive_buffer=4096)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: site\r\n\r\n".encode())
        return connection

    def memory_bytes(self) -> int:
        command = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
        return 1024 * int(subprocess.check_output(command))


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[..., Site]]:
    """Start servers of site_app.py with options of Bridge and Server."""
    processes = []

    def start(**options: Any) -> Site:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            fd, port = listener.fileno(), listener.getsockname()[1]
            process = subprocess.Popen(
                [sys.executable, HERE / "site_app.py", json.dumps(options | {"listener_fd": fd})],
                pass_fds=[fd],
                env=os.environ | {"PYTHONPATH": str(ROOT)},
            )
        processes.append(process)
        site = Site(process, port)
        assert site.ask("/").status == 200
        return site

    yield start
    for process in processes:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def site(serve: Callable[..., Site]) -> Site:
    """A server for all tests of a module that leave it running."""
    return serve()


def wait_until(condition: Callable[[], Any], seconds: float = 15) -> Any:
    """Return the first true value of condition; fail after seconds."""
    end_at = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end_at, "it did not happen in time"
        time.sleep(0.05)
    return value


@pytest.fixture
def eventually() -> Callable[..., Any]:
    return wait_until
