"""A PostgreSQL server with an empty cluster; fast and unsafe, for tests only."""

import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

from . import apt
from .accounts import Account, unprivileged
from .processes import Servers, free_port, make_folder
from .unavailable import UnavailableError, run_or_give_up

_ADVICE = (
    "no PostgreSQL server was found: put initdb on PATH (apt install postgresql, or brew install "
    "postgresql), or give the address of one in DATABASE_URL"
)

# Both servers are started at once, and only one of them may install what is missing.
_FINDING = threading.Lock()


def start(servers: Servers) -> str:
    """Start PostgreSQL; the address is a postgres:// URL of a role that may create databases."""
    return _start("postgresql", servers)


def start_second(servers: Servers) -> str:
    """Start another one beside it, for the second process of a test run.

    An open transaction holds events back in every database of its server, so that two
    processes of tests can't share one.
    """
    return _start("postgresql-2", servers)


def _start(name: str, servers: Servers) -> str:
    binaries = _binaries()
    account = unprivileged("postgres")
    data = make_folder(servers.folder / name, account)
    _make_cluster(binaries, data, account)
    port = free_port()
    server: list[str | Path] = [
        binaries / "postgres",
        "-D",
        data,
        "-k",
        data,
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    probe = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    servers.start(
        name,
        [*server, "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=100"],
        account=account,
        answers=lambda: subprocess.run(probe, check=False).returncode == 0,
        timeout_seconds=30,
        stop_signal=signal.SIGINT,  # fast shutdown; SIGTERM would wait for clients to leave
    )
    return f"postgres://guildhall@127.0.0.1:{port}/postgres"


def _binaries() -> Path:
    with _FINDING:
        found = _find()
        if found is None:
            apt.install("postgresql", otherwise=_ADVICE)
            found = _find()
    if found is None:
        raise UnavailableError(_ADVICE)
    return found


def _find() -> Path | None:
    """The folder of initdb and postgres: the one on PATH, else Debian's newest."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(debian, key=lambda path: int(re.sub(r"\D", "", path.parts[4]) or 0))
    return newest[-1].parent if newest else None


def _make_cluster(binaries: Path, data: Path, account: Account) -> None:
    # With locale C, lower() and ILIKE would leave letters outside ASCII alone.
    locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    setup: list[str | Path] = [
        binaries / "initdb",
        "-D",
        data,
        "--username=guildhall",
        "--auth=trust",
    ]
    run_or_give_up([*setup, "--encoding=UTF8", f"--locale={locale}", "--no-sync"], account=account)
