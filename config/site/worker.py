"""The worker process: one loop for handlers, fan-outs and the schedule, a thread for jobs."""

import logging
import signal
import time
from collections.abc import Callable
from functools import partial
from types import FrameType

from django.db import connection

from community.jobs.schedule import run_due_schedules
from community.jobs.worker import SECONDS_AFTER_TROUBLE, JobWorker
from community.outbox.cursors import advance, behind, parked_is_due, retry_parked
from community.outbox.fanout import advance_fanout, fanout_is_due
from community.outbox.gate import background_writer

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.2
# What becomes due by the clock, not by an event, is looked for less often.
SECONDS_BETWEEN_LOOKS = 1.0


class Worker:
    """One process's share of the background work; any number of them work side by side."""

    def __init__(self, *, drain_seconds: float) -> None:
        self._drain_seconds = drain_seconds
        self._jobs = JobWorker(interval_seconds=IDLE_SECONDS)
        self._look_at = 0.0
        self._is_running = True
        self._is_in_trouble = False

    def stop(self) -> None:
        """Make run() end after what is being done. Only sets flags, so a signal may call it."""
        self._is_running = False
        self._jobs.stop()

    def run(self) -> None:
        """Work until stop(); a job that then takes longer than the drain time is put back."""
        self._jobs.start()
        with background_writer():
            while self._is_running:
                self._is_in_trouble = False
                is_busy = self._guarded(self.work_once)
                time.sleep(self._pause_seconds(is_busy=bool(is_busy)))
        self._jobs.finish(within_seconds=self._drain_seconds)
        connection.close()

    def work_once(self) -> int:
        """Do one batch of everything that is due; return about how many rows that were."""
        done = 0
        for name in behind():
            if self._is_running:
                done += self._guarded(partial(advance, name))
        if done or time.monotonic() >= self._look_at:
            done += self._do_what_is_due()
            self._look_at = 0.0 if done else time.monotonic() + SECONDS_BETWEEN_LOOKS
        return done

    def _do_what_is_due(self) -> int:
        done = self._guarded(run_due_schedules)
        if parked_is_due():
            done += self._guarded(retry_parked)
        if fanout_is_due():
            done += self._guarded(advance_fanout)
        return done

    def _guarded(self, work: Callable[[], int]) -> int:
        """Go on without work that failed: its transaction is undone, so it comes again."""
        try:
            return work()
        except Exception:
            # What handlers, fan-outs and schedules raise is kept where they run; this is the
            # database or a mistake of our own. The loop must outlive it: after a pause and on a
            # new connection the same work is tried again.
            logger.exception("Background work failed and is tried again")
            connection.close()
            self._is_in_trouble = True
            return 0

    def _pause_seconds(self, *, is_busy: bool) -> float:
        if self._is_in_trouble:
            return SECONDS_AFTER_TROUBLE
        return 0 if is_busy else IDLE_SECONDS


def stop_on_signals(worker: Worker) -> None:
    """Let SIGTERM and Ctrl-C stop worker; a second Ctrl-C ends the process at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        worker.stop()
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, stop)
    # Under the supervisor Ctrl-C is ignored: it says when to end.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, stop)
