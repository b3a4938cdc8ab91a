import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config.site.supervise import Child

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent


class Supervised:
    """A running supervisor, whose children write their process ids into folder."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        self.folder = folder
        self.process = process

    def pids(self, name: str) -> list[int]:
        path = self.folder / name
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def all_pids(self) -> list[int]:
        return self.pids("web") + self.pids("worker")


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., Supervised]]:
    started = []

    def start(drain_seconds: float = 5, reload: bool = False, **children: str) -> Supervised:
        children = children or {"web": "lives", "worker": "lives"}
        options = {
            "folder": str(tmp_path),
            "children": children,
            "drain_seconds": drain_seconds,
            "reload": reload,
        }
        process = subprocess.Popen(
            [sys.executable, HERE / "supervised_site.py", json.dumps(options)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(Supervised(tmp_path, process))
        return started[-1]

    yield start
    for supervised in started:
        for pid in [supervised.process.pid, *supervised.all_pids()]:
            if is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        supervised.process.communicate()


def is_alive(pid: int) -> bool:
    """Return whether the process runs; one that is dead but not yet collected doesn't."""
    status = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return status.stdout.strip()[:1] not in {"", "Z"}


def test_sigterm_drains_both_children_and_exits_cleanly(
    supervise: Callable[..., Supervised], eventually: Callable[..., Any]
) -> None:
    supervised = supervise()
    eventually(lambda: len(supervised.all_pids()) == 2)

    supervised.process.send_signal(signal.SIGTERM)

    assert supervised.process.wait(timeout=10) == 0
    drained = sorted(path.name for path in supervised.folder.glob("*.drained"))
    assert drained == ["web.drained", "worker.drained"]
    assert not any(map(is_alive, supervised.all_pids()))


def test_ctrl_c_reaches_the_supervisor_alone(
    supervise: Callable[..., Supervised], eventually: Callable[..., Any]
) -> None:
    supervised = supervise()
    web, _ = eventually(lambda: len(supervised.all_pids()) == 2 and supervised.all_pids())

    os.kill(web, signal.SIGINT)
    time.sleep(0.3)
    assert is_alive(web)
    supervised.process.send_signal(signal.SIGINT)
    assert supervised.process.wait(timeout=10) == 0


def test_killed_child_is_started_again_and_its_sibling_left_alone(
    supervise: Callable[..., Supervised], eventually: Callable[..., Any]
) -> None:
    supervised = supervise()
    web, worker = eventually(lambda: len(supervised.all_pids()) == 2 and supervised.all_pids())

    os.kill(web, signal.SIGKILL)

    eventually(lambda: len(supervised.pids("web")) == 2)
    assert supervised.pids("worker") == [worker]
    assert is_alive(worker)


def test_child_that_cannot_live_is_started_less_and_less_often(
    supervise: Callable[..., Supervised], eventually: Callable[..., Any]
) -> None:
    supervised = supervise(web="dies")
    eventually(lambda: len(supervised.pids("web")) == 3)
    supervised.process.send_signal(signal.SIGTERM)
    _, said = supervised.process.communicate(timeout=10)

    waits = [line.rpartition(" in ")[2] for line in said.splitlines()]
    assert waits[:2] == ["0.5 s.", "1.0 s."]


def test_waits_grow_to_ten_seconds_and_fall_back_after_a_healthy_life() -> None:
    child = Child("web", [])
    waits = [end_after(child, seconds=1) for _ in range(6)]

    assert waits == [0.5, 1, 2, 4, 8, 10]
    assert end_after(child, seconds=31) == 0.5


def end_after(child: Child, seconds: float) -> float:
    """Let child have lived for seconds, and return how long it waits before it starts again."""
    child.process = subprocess.Popen(["true"])
    child.process.wait()
    now = time.monotonic()
    child.started_at = now - seconds
    child.notice_end()
    return round(child.due_at - now, 1)


def test_no_orphan_is_left_when_the_supervisor_is_killed(
    supervise: Callable[..., Supervised], eventually: Callable[..., Any]
) -> None:
    supervised = supervise()
    pids = eventually(lambda: len(supervised.all_pids()) == 2 and supervised.all_pids())

    supervised.process.kill()

    eventually(lambda: not any(map(is_alive, pids)), seconds=5)
    assert len(list(supervised.folder.glob("*.drained"))) == 2


def test_no_stubborn_orphan_is_left_either(
    supervise: Callable[..., Supervised], eventually: Callable[..., Any]
) -> None:
    supervised = supervise(drain_seconds=-4, web="stubborn")
    (web,) = eventually(lambda: supervised.pids("web"))

    supervised.process.kill()

    eventually(lambda: not is_alive(web), seconds=5)


def test_stubborn_child_is_killed_after_the_drain(
    supervise: Callable[..., Supervised], eventually: Callable[..., Any]
) -> None:
    supervised = supervise(drain_seconds=-4, web="stubborn")
    (web,) = eventually(lambda: supervised.pids("web"))

    supervised.process.send_signal(signal.SIGTERM)

    assert supervised.process.wait(timeout=5) == 1
    assert not is_alive(web)


def test_second_ctrl_c_ends_at_once(
    supervise: Callable[..., Supervised], eventually: Callable[..., Any]
) -> None:
    supervised = supervise(drain_seconds=60, web="stubborn")
    (web,) = eventually(lambda: supervised.pids("web"))

    supervised.process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert supervised.process.poll() is None
    supervised.process.send_signal(signal.SIGINT)

    assert supervised.process.wait(timeout=5) == 1
    assert not is_alive(web)


def test_changed_source_starts_the_children_again(
    supervise: Callable[..., Supervised], eventually: Callable[..., Any]
) -> None:
    supervised = supervise(reload=True)
    eventually(lambda: len(supervised.all_pids()) == 2)

    (supervised.folder / "views.py").write_text("# new")

    eventually(lambda: len(supervised.pids("web")) == len(supervised.pids("worker")) == 2)
