"""Lint our migrations for locks and for compatibility with the previous release.

The linter's command would need its app among the installed ones; it is a development tool.
"""

import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.db import connection
from django_migration_linter import MigrationLinter

ROOT = Path(__file__).parents[1]


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    ours = [area.label for area in apps.get_app_configs() if Path(area.path).parent == ROOT]
    # SQLite rebuilds a table for most changes, which looks like new constraints to the linter.
    excluded = ["NOT_NULL", "ADD_UNIQUE"] if connection.vendor == "sqlite" else []
    linter = MigrationLinter(
        path=str(ROOT),
        include_apps=ours,
        exclude_migration_tests=excluded,
        quiet=["ok", "ignore"],
        no_cache=True,
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return 1 if linter.has_errors else 0


sys.exit(main())
