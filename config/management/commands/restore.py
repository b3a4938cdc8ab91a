import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.site.backup.reading import verify_backup
from config.site.backup.restoring import restore_backup
from config.site.manifest import FolderError
from config.site.progress import ProgressLine


class Command(BaseCommand):
    help = "Puts a backup in the place of what the site holds. Stop the site first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="what manage.py backup wrote")
        parser.add_argument(
            "--replace", action="store_true", help="lose what the site holds at present"
        )
        parser.add_argument(
            "--verify",
            action="store_true",
            help="only restore aside and compare every table; the site stays as it is",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder, line, started = options["folder"], ProgressLine(self.stdout), time.monotonic()
        try:
            if options["verify"]:
                tables = verify_backup(folder, line.show)
                rows = sum(content.rows for content in tables.values())
                line.end(f"{folder} is whole: {len(tables)} tables, {rows:,} rows")
                return
            manifest = restore_backup(folder, line.show, replace=options["replace"])
        except FolderError as error:
            raise CommandError(str(error)) from error
        line.end(
            f"Restored the site of {manifest['made_at'][:19]} UTC"
            f" in {time.monotonic() - started:.1f} s"
        )
        if settings.ELASTICSEARCH_URL:
            self.stdout.write("Elasticsearch holds its own copy: fill it again.")
