import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.site.manifest import FolderError
from config.site.progress import ProgressLine
from config.site.transfer.exporting import export_site


class Command(BaseCommand):
    help = "Writes all content as JSON lines and files, for another Guildhall or another program."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="a new folder, or one whose export was broken off"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        line, started = ProgressLine(self.stdout), time.monotonic()
        try:
            manifest = export_site(options["folder"], line.show)
        except FolderError as error:
            raise CommandError(str(error)) from error
        rows, seconds = sum(manifest["records"].values()), time.monotonic() - started
        files = len(manifest["files"]) - len(manifest["records"])
        line.end(
            f"{rows:,} rows and {files:,} files in {seconds:.1f} s, {rows / seconds:,.0f} rows/s"
        )
