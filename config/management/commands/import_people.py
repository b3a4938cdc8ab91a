import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from community.accounts.models import User
from community.roster.actions import keep_roster, say_yes
from community.roster.applying import carry_out
from community.roster.checking import check
from community.roster.models import Roster
from community.roster.queries import counts_of, failures_of
from community.roster.tasks import note_applied


class Command(BaseCommand):
    help = "Adds and changes people, units and jobs from a CSV file; see the page Import people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--by", required=True, metavar="EMAIL", help="who does it; they must manage people"
        )
        parser.add_argument("--dry-run", action="store_true", help="compare, and write nothing")
        parser.add_argument("--json", action="store_true", help="one object on the last line")
        parser.add_argument(
            "--deactivate-missing",
            action="store_true",
            help="switch off the accounts that are missing in the file",
        )
        parser.add_argument(
            "--no-letters", action="store_true", help="send new people no letter to set a password"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.active().filter(email=options["by"].lower()).first()
        if by is None:
            raise CommandError(f"--by: nobody active has the address {options['by']}.")
        try:
            roster = keep_roster(options["file"].read_bytes(), by=by)
            check(roster, self._progress)
            if not options["dry_run"]:
                self._apply(roster, by, options)
        except OSError as error:
            raise CommandError(f"{options['file']} can't be read: {error.strerror}.") from error
        except (PermissionDenied, ValidationError) as error:
            texts = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise CommandError(" ".join(texts)) from error
        roster.refresh_from_db()
        self._tell(roster, options)
        roster.delete()

    def _apply(self, roster: Roster, by: User, options: dict[str, Any]) -> None:
        roster = say_yes(
            roster,
            by=by,
            removes_missing=options["deactivate_missing"],
            sends_letters=not options["no_letters"],
        )
        carry_out(roster, self._progress)
        note_applied(roster)

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {total:,}", ending="" if done < total else "\n")

    def _tell(self, roster: Roster, options: dict[str, Any]) -> None:
        counts, failures = counts_of(roster), list(failures_of(roster).order_by("id"))
        for line, column, why in roster.faults:
            self.stderr.write(f"Line {line}, {column or 'row'}: {why}")
        if roster.fault_count > len(roster.faults):
            self.stderr.write(f"And {roster.fault_count - len(roster.faults):,} more.")
        for change in failures:
            self.stderr.write(f"{change.email}: {change.failure}")
        facts = {"rows": roster.rows, **counts, "units": len(roster.new_units)}
        facts |= {"bad": roster.fault_count, "failed": len(failures)}
        if options["json"]:
            self.stdout.write(json.dumps(facts | {"dry_run": options["dry_run"]}))
            return
        verb = "would be" if options["dry_run"] else "were"
        self.stdout.write(
            f"{facts['rows']:,} rows: {facts['new']:,} people {verb} added, {facts['changed']:,} "
            f"changed; {facts['units']:,} units {verb} made; {facts['missing']:,} people are "
            f"missing in the file; {facts['bad']:,} rows are wrong."
        )
