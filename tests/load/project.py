"""What every script here starts with: the project on the path, Django, a running site."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 120.0


def set_up_django() -> None:
    """Make models importable; DATA_DIR and DATABASE_URL say which site."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def running(command: str, *, port: int, data: Path) -> Iterator[int]:
    """Run `manage.py command` until it answers; yield the pid of its supervisor, then stop it."""
    environment = os.environ | {"DATA_DIR": str(data), "PORT": str(port)}
    arguments = [sys.executable, str(ROOT / "manage.py"), command]
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/account/login/", process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Raises RuntimeError when the process ends, TimeoutError when it takes too long."""
    end_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < end_at:
        if process.poll() is not None:
            raise RuntimeError(f"The site ended with status {process.returncode}.")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer within {READY_SECONDS:.0f} s.")


def children_of(pid: int) -> dict[str, int]:
    """The supervisor and its children by what they do: supervisor, web, worker."""
    found = {"supervisor": pid}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if parent == pid:
            found["worker" if b"worker" in words else "web"] = int(folder.name)
    return found


def percentile(values: list[float], share: float) -> float:
    """The value that share of values, in (0, 1], don't exceed."""
    ordered = sorted(values)
    return ordered[max(0, round(share * len(ordered)) - 1)]
