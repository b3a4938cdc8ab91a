#!/usr/bin/env python
"""Django's command line for Guildhall."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        if not {"--skip-checks", "--help", "-h"}.intersection(sys.argv):
            check_tables(sys.argv[1:2])
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # A bad variable is the operator's to mend: one sentence, no traceback.
        sys.exit(str(error))


def check_tables(command: list[str]) -> None:
    """Before a command that would fail, or do nothing, without them."""
    from config.site.prepared import NEED_TABLES, require_tables

    if NEED_TABLES.intersection(command):
        import django

        django.setup()
        require_tables()


if __name__ == "__main__":
    main()
