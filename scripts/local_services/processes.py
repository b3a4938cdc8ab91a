"""Start servers, wait until they answer, stop them all."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .accounts import Account
from .unavailable import UnavailableError, last_line


def make_folder(path: Path, account: Account) -> Path:
    """Make path, owned by account and closed to others."""
    path.mkdir(mode=0o700, parents=True)
    if account:
        os.chown(path, account["user"], account["group"])
    return path


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Servers:
    """The servers of one run, each in its own process group, its log in the run's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []
        self._lock = threading.Lock()
        self._stopped = False

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        account: Account,
        answers: Callable[[], bool],
        timeout_seconds: float,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Start a server and wait until answers() is true.

        Raises UnavailableError if it ends, or gives no answer in time.
        """
        log = self.folder / f"{name}.log"
        with self._lock, log.open("wb") as output:
            if self._stopped:
                raise UnavailableError("stopped while starting")
            server = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(env) if env is not None else None,
                cwd=cwd or self.folder,
                start_new_session=True,
                **account,
            )
            self._running.append((server, stop_signal))
        deadline = time.monotonic() + timeout_seconds
        while not answers():
            if server.poll() is not None or time.monotonic() > deadline:
                said = last_line(log.read_text(errors="replace"))
                raise UnavailableError(f"{name} did not start: {said}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop every server, the hard way after 5 s, and remove the folder."""
        with self._lock:
            self._stopped = True
        for server, stop_signal in self._running:
            _signal_group(server, stop_signal)
        deadline = time.monotonic() + 5
        for server, _ in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=max(0.0, deadline - time.monotonic()))
            _signal_group(server, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


def _signal_group(server: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(server.pid, number)
    except (ProcessLookupError, PermissionError):
        return
