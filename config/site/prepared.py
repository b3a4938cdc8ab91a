"""Whether the database has the tables that this version works with."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Our commands but for those that make the tables themselves: prepare, start, restore.
NEED_TABLES = frozenset(
    {
        "backup",
        "create_admin",
        "export_site",
        "import_people",
        "import_site",
        "import_stackexchange",
        "rebuild",
        "serve",
        "worker",
    }
)


def require_tables() -> None:
    """Raise ImproperlyConfigured where a migration has not run."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise ImproperlyConfigured(
            "The database isn't ready: run `manage.py prepare`, then this again. "
            "DATA_DIR or DATABASE_URL say which one it is."
        )
