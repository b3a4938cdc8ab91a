import json
import sqlite3
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, OperationalError

from discussions.imports.dump import DumpError
from discussions.imports.run import Options, import_dump
from discussions.imports.tally import Tally

SHOWN_EVERY_SECONDS = 0.1


class Command(BaseCommand):
    help = (
        "Imports an unpacked Stack Exchange dump into a space; a second run adds only what is new."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Where Posts.xml and the other files are.")
        parser.add_argument("--space", required=True, help="The name of the space.")
        parser.add_argument("--create-space", action="store_true", help="Make the space.")
        parser.add_argument(
            "--site", default="", help="The source's host, such as travel.stackexchange.com."
        )
        parser.add_argument("--dry-run", action="store_true", help="Count only, write nothing.")
        parser.add_argument("--json", action="store_true", help="End with one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = Options(
            folder=options["folder"],
            space=options["space"],
            create_space=options["create_space"],
            site=options["site"],
            dry_run=options["dry_run"],
        )
        tally = self._import(chosen)
        for line in tally.lines(dry_run=chosen.dry_run):
            self.stdout.write(line)
        if options["json"]:
            self.stdout.write(json.dumps(tally.as_json()))

    def _import(self, chosen: Options) -> Tally:
        """Whatever ends it, what it wrote is whole batches: the same command goes on from there."""
        try:
            return import_dump(chosen, self._show)
        except DumpError as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            raise CommandError(
                f"Something else is importing {chosen.folder}: wait for it, then run this again."
            ) from error
        except (OperationalError, sqlite3.OperationalError) as error:
            raise CommandError(
                f"The database stopped the import ({error}): mend that, then run this again."
            ) from error
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped: run this again, and it goes on where it stood.", returncode=130
            ) from None

    _shown_at = 0.0

    def _show(self, what: str, done: int, total: int) -> None:
        """Draw the bar, in a terminal only."""
        now = time.monotonic()
        if not self.stderr.isatty() or (
            done < total and now - self._shown_at < SHOWN_EVERY_SECONDS
        ):
            return
        self._shown_at = now
        filled = 30 * done // max(total, 1)
        bar = "#" * filled + "." * (30 - filled)
        end = "\n" if done >= total else "\r"
        self.stderr.write(f"\r{what:14} [{bar}] {done:,} of {total:,}", ending=end)
