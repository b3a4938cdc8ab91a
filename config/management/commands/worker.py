from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.site.worker import Worker, stop_on_signals


class Command(BaseCommand):
    help = "Does the background work: what follows events, the schedule and long jobs."

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(drain_seconds=settings.DRAIN_SECONDS)
        stop_on_signals(worker)
        worker.run()
