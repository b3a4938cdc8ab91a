import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.site.backup.making import make_backup
from config.site.backup.reading import verify_backup
from config.site.manifest import FolderError
from config.site.progress import ProgressLine


class Command(BaseCommand):
    help = "Writes database and files into a new folder, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that doesn't exist or is empty")
        parser.add_argument(
            "--verify", action="store_true", help="then restore aside and compare every table"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder, line, started = options["folder"], ProgressLine(self.stdout), time.monotonic()
        try:
            manifest = make_backup(folder, line.show)
            if options["verify"]:
                verify_backup(folder, line.show)
        except FolderError as error:
            raise CommandError(str(error)) from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        size = sum(stored["bytes"] for stored in manifest["files"].values())
        line.end(
            f"{folder}: {rows:,} rows and {len(manifest['files']) - 1:,} files,"
            f" {size / 2**20:,.1f} MiB in {time.monotonic() - started:.1f} s"
            + (", verified" if options["verify"] else "")
        )
