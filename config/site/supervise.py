"""Keeps the web and the worker process running: `python -m config.site.supervise`.

It imports no app, so it stays small and no fault of an app can end it. Its children run through
`config.site.child` and end when it does.
"""

import argparse
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from config.site.changes import SourceWatch

logger = logging.getLogger(__name__)

FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 10.0
# Who has lived this long is healthy: its next death waits no longer than the first did.
HEALTHY_SECONDS = 30.0
# What a child gets beyond its own drain before it is killed.
MARGIN_SECONDS = 5.0
WATCH_SECONDS = 1.0


class Child:
    """One supervised process: a script with arguments, started again whenever it ends."""

    def __init__(self, name: str, arguments: Sequence[str], keep_fds: Sequence[int] = ()) -> None:
        self.name = name
        self.process: subprocess.Popen[bytes] | None = None
        self.due_at = 0.0
        self._arguments = arguments
        self._keep_fds = keep_fds
        self._delay = FIRST_DELAY_SECONDS
        self.started_at = 0.0

    def start(self, lifeline: int, seconds: float) -> None:
        launcher = [sys.executable, "-P", "-m", "config.site.child", str(lifeline), str(seconds)]
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 the command is our own
            [*launcher, *self._arguments],
            pass_fds=[lifeline, *self._keep_fds],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
        )

    def notice_end(self) -> None:
        """Where the process has ended, say so and choose when the next one starts."""
        status = self.process.poll() if self.process else None
        if status is None:
            return
        now = time.monotonic()
        if now - self.started_at >= HEALTHY_SECONDS:
            self._delay = FIRST_DELAY_SECONDS
        logger.warning(
            "The %s process ended (%s); starting it again in %.1f s.",
            self.name,
            f"signal {-status}" if status < 0 else f"status {status}",
            self._delay,
        )
        self.process, self.due_at = None, now + self._delay
        self._delay = min(self._delay * 2, LONGEST_DELAY_SECONDS)

    def send(self, number: signal.Signals) -> None:
        if self.is_running():
            assert self.process is not None
            self.process.send_signal(number)

    def kill(self) -> None:
        """End the process and whatever it has started."""
        if self.is_running():
            assert self.process is not None
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs children until a signal comes, then drains them.

    SIGTERM, SIGINT and SIGHUP drain: children get SIGTERM, and SIGKILL after drain_seconds and a
    margin. A second signal kills at once. listener is closed first, so that nobody new connects.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        drain_seconds: float,
        listener_fd: int | None = None,
        watch: SourceWatch | None = None,
    ) -> None:
        self._children = children
        self._seconds = drain_seconds + MARGIN_SECONDS
        self._listener_fd = listener_fd
        self._watch = watch
        self._signals = 0
        self._lifeline, self._kept_end = os.pipe()
        self._wake_reader, self._wake_writer = os.pipe()

    def run(self) -> int:
        """Return the exit status: 0 when all children ended by themselves."""
        self._listen_to_signals()
        while not self._signals:
            self._tend()
            self._sleep(self._next_wait())
        return self._drain()

    def _listen_to_signals(self) -> None:
        os.set_blocking(self._wake_writer, False)
        signal.set_wakeup_fd(self._wake_writer)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._count_signal)

    def _count_signal(self, *_: object) -> None:
        self._signals += 1

    def _sleep(self, seconds: float | None) -> None:
        """Wait for seconds, or until a signal comes or a child ends."""
        if select.select([self._wake_reader], [], [], seconds)[0]:
            os.read(self._wake_reader, 4096)

    def _tend(self) -> None:
        if self._watch is not None and self._watch.has_changed():
            logger.warning("Files have changed; starting again.")
            self._restart()
        for child in self._children:
            child.notice_end()
            if child.process is None and child.due_at <= time.monotonic():
                child.start(self._lifeline, self._seconds)

    def _restart(self) -> None:
        self._end_children()
        for child in self._children:
            child.process, child.due_at = None, 0.0

    def _next_wait(self) -> float | None:
        now = time.monotonic()
        waits = [max(0.0, c.due_at - now) for c in self._children if c.process is None]
        if self._watch is not None:
            waits.append(WATCH_SECONDS)
        return min(waits, default=None)

    def _drain(self) -> int:
        if self._listener_fd is not None:
            os.close(self._listener_fd)
        return 0 if self._end_children() else 1

    def _end_children(self) -> bool:
        """Return whether all ended without being killed."""
        signals_before, end_at = max(1, self._signals), time.monotonic() + self._seconds
        for child in self._children:
            child.send(signal.SIGTERM)
        while any(c.is_running() for c in self._children) and self._signals <= signals_before:
            if time.monotonic() >= end_at:
                break
            self._sleep(end_at - time.monotonic())
        stubborn = [child for child in self._children if child.is_running()]
        for child in stubborn:
            logger.warning("The %s process did not end and was killed.", child.name)
            child.kill()
        return not stubborn


def replace_this_process(
    manage: Path, listener_fd: int, *, drain_seconds: float, reload: bool
) -> None:
    """Become the supervisor of manage's web and worker process; never returns."""
    folders = [str(manage.parent), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, folders))
    os.set_inheritable(listener_fd, True)
    options = ["--reload"] if reload else []
    module = [sys.executable, "-P", "-m", "config.site.supervise"]
    command = [*module, *options, str(manage), str(listener_fd), str(drain_seconds)]
    os.execv(sys.executable, command)  # noqa: S606 our own command, without a shell


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reload", action="store_true")
    parser.add_argument("manage", type=Path)
    parser.add_argument("listener_fd", type=int)
    parser.add_argument("drain_seconds", type=float)
    options = parser.parse_args()
    logging.basicConfig(format="%(message)s")
    manage, fd = str(options.manage), options.listener_fd
    # Who started the supervisor has run the checks; only changed files can fail them since.
    checks = [] if options.reload else ["--skip-checks"]
    serve = [manage, "serve", "--web", "--listener-fd", str(fd), *checks]
    return Supervisor(
        [Child("web", serve, keep_fds=[fd]), Child("worker", [manage, "worker", *checks])],
        drain_seconds=options.drain_seconds,
        listener_fd=fd,
        watch=SourceWatch(options.manage.parent) if options.reload else None,
    ).run()


if __name__ == "__main__":
    sys.exit(main())
