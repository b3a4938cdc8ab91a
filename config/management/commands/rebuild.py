import time
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.rebuilds import REBUILDS
from config.site.progress import ProgressLine


class Command(BaseCommand):
    help = "Makes derived data again from the tables that are the truth."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(REBUILDS))
        parser.add_argument("--all", action="store_true", help="rebuild everything")

    def handle(self, *args: Any, **options: Any) -> None:
        names = list(REBUILDS) if options["all"] else options["names"]
        unknown = [name for name in names if name not in REBUILDS]
        if unknown or not (names or options["all"]):
            problem = f"There is no {unknown[0]!r}." if unknown else "Say what to rebuild."
            raise CommandError(f"{problem} There is: {', '.join(REBUILDS) or 'nothing'}, or --all.")
        for name in names:
            self.rebuild(name)

    def rebuild(self, name: str) -> None:
        started = time.monotonic()
        line = ProgressLine(self.stdout)
        rows = REBUILDS[name](partial(line.show, name))
        line.end(f"{name}: {rows:,} rows in {time.monotonic() - started:.1f} s")
