import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.rebuilds import REBUILDS

SECONDS_BETWEEN_LINES = 0.2


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
        self.shown_at = 0.0
        rows = REBUILDS[name](lambda done, total: self.show(name, done, total))
        self.write_over(f"{name}: {rows:,} rows in {time.monotonic() - started:.1f} s\n")

    def show(self, name: str, done: int, total: int) -> None:
        """Rewrite one line on a terminal; files get the last line only."""
        if self.stdout.isatty() and time.monotonic() - self.shown_at >= SECONDS_BETWEEN_LINES:
            self.shown_at = time.monotonic()
            self.write_over(f"{name}: {done:,} of {total:,}")

    def write_over(self, text: str) -> None:
        start = "\r\x1b[K" if self.stdout.isatty() else ""
        self.stdout.write(start + text, ending="")
        self.stdout.flush()
