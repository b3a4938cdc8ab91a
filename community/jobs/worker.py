"""The worker of django-tasks-db as a thread: polls without a lock and pauses after writing."""

import logging
import threading
import time
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from community.jobs.reaping import release_job
from community.outbox.gate import SHORTEST_PAUSE_SECONDS, background_writer
from community.outbox.recording import action

logger = logging.getLogger(__name__)

SECONDS_AFTER_TROUBLE = 2.0


class JobWorker(Worker):
    def __init__(self, *, interval_seconds: float) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval_seconds,
            batch=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        self._running_id: UUID | None = None
        self._thread = threading.Thread(target=self.run, name="jobs", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Take no further job. Only sets a flag, so a signal may call it."""
        self.running = False

    def finish(self, *, within_seconds: float) -> None:
        """Wait for the running job; put it back if it takes longer."""
        self._thread.join(within_seconds)
        running_id = self._running_id
        if self._thread.is_alive() and running_id is not None and release_job(running_id):
            logger.warning("A running job was put back: it starts again in the next worker.")

    def run(self) -> None:
        """Run jobs until stop(); the thread's connection stays open in between."""
        with background_writer():
            while self.running:
                time.sleep(self._run_and_choose_pause())
        connection.close()

    def _run_and_choose_pause(self) -> float:
        try:
            return SHORTEST_PAUSE_SECONDS if self.run_next() else self.interval
        except Exception:
            # A lost database, or a row that can't be read: the thread must outlive it, or no job
            # ever runs again. The connection may be the reason: the next look opens a new one.
            logger.exception("Looking for a job failed")
            connection.close()
            return SECONDS_AFTER_TROUBLE

    def run_next(self) -> bool:
        """Run the next job that is ready; tell whether there was one."""
        if not DBTaskResult.objects.ready().exists():
            return False
        result = self._claim()
        if result is None:
            return False
        self._running_id = result.pk
        try:
            self.run_task(result)
        finally:
            self._running_id = None
        return True

    @action
    def _claim(self) -> "DBTaskResult[Any, Any] | None":
        result = DBTaskResult.objects.ready().get_locked()
        if result is not None:
            result.claim(self.worker_id)
        return result
