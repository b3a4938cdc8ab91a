"""manage.py prepare: bring the database and the static files to this version."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Migrate, make the cache table and collect static files; quick when nothing changed."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        analyze()
        collect_static()


def analyze() -> None:
    """Let SQLite look at its tables: a migration that remakes one drops what it knew of it.

    Without that a list can read a whole index. PostgreSQL does this by itself. The limit keeps it
    to milliseconds: https://sqlite.org/pragma.html#pragma_analysis_limit
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")


def collect_static() -> None:
    """Collect again only where a source file changed: compressing them takes seconds."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = state_of_sources()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def state_of_sources() -> str:
    """A digest of the names, sizes and times of all files that collectstatic would copy."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            changed = storage.get_modified_time(name).timestamp()
            digest.update(f"{name} {storage.size(name)} {changed}\n".encode())
    return digest.hexdigest()
