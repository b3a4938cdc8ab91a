"""Every migration of ours can be taken back."""

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db.migrations import Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

pytestmark = pytest.mark.slow


def test_migrations_all_reversible() -> None:
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if _is_ours(config.path)}
    migrations = [
        migration for (label, _), migration in loader.disk_migrations.items() if label in ours
    ]
    assert migrations
    assert [line for migration in migrations for line in irreversible(migration)] == []


def test_irreversible_finds_missing_reverse() -> None:
    class Fill(Migration):
        operations = [
            RunPython(lambda apps, editor: None),
            RunSQL("SELECT 1", reverse_sql=RunSQL.noop),
            SeparateDatabaseAndState(database_operations=[RunSQL("SELECT 2")]),
        ]

    assert irreversible(Fill("0002_fill", "community")) == [
        "community.0002_fill: RunPython",
        "community.0002_fill: RunSQL",
    ]


def irreversible(migration: Migration) -> list[str]:
    """The operations of a migration that have no way back."""
    return [
        f"{migration.app_label}.{migration.name}: {type(operation).__name__}"
        for operation in _flat(migration.operations)
        if not operation.reversible
    ]


def _flat(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _is_ours(path: str) -> bool:
    return "site-packages" not in path
