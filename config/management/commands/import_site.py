import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.site.manifest import FolderError
from config.site.progress import ProgressLine
from config.site.transfer.importing import import_site


class Command(BaseCommand):
    help = "Brings an export into this site, which must be empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="what manage.py export_site wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        line, started = ProgressLine(self.stdout), time.monotonic()
        try:
            manifest = import_site(options["folder"], line.show)
        except FolderError as error:
            raise CommandError(str(error)) from error
        rows, seconds = sum(manifest["records"].values()), time.monotonic() - started
        files = len(manifest["files"]) - len(manifest["records"])
        line.end(
            f"{rows:,} rows and {files:,} files in {seconds:.1f} s, {rows / seconds:,.0f} rows/s"
        )
