"""Which of the two databases this site has, and what its dump must fit."""

from types import ModuleType

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from community.accounts.models import User
from config.site.backup import postgres, sqlite

COPIERS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}


def copier() -> ModuleType:
    """The module with save(), restore() and restored_aside() for the site's database."""
    return COPIERS[connection.vendor]


def applied_migrations() -> list[str]:
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)


def known_migrations() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def is_empty() -> bool:
    """Whether there is nothing to lose: no tables, or those of a site without people.

    A database that can't be read counts as one that holds something.
    """
    try:
        tables = connection.introspection.table_names()
        ours = User._meta.db_table in tables
        return not tables or (ours and not User.objects.exists())
    except DatabaseError:
        return False
