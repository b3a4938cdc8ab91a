"""A Redis server that keeps nothing on disk."""

import shutil
import socket

from . import apt
from .accounts import unprivileged
from .processes import Servers, free_port
from .unavailable import UnavailableError

_ADVICE = (
    "no redis-server was found: install it (apt install redis-server, or brew install redis), "
    "or give the address of one in REDIS_URL"
)


def start(servers: Servers) -> str:
    """Start Redis; the address is a redis:// URL of its database 0."""
    if shutil.which("redis-server") is None:
        apt.install("redis-server", otherwise=_ADVICE)
    binary = shutil.which("redis-server")
    if binary is None:
        raise UnavailableError(_ADVICE)
    port = free_port()
    servers.start(
        "redis",
        [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        account=unprivileged(),
        answers=lambda: _pings(port),
        timeout_seconds=10,
    )
    return f"redis://127.0.0.1:{port}/0"


def _pings(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
