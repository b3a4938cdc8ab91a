"""What a start brings up to date."""

import pytest
from django.db import connection

from config.management.commands.prepare import analyze, state_of_sources
from discussions.topics.models import Topic
from frontend.stylesheet import folder


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL analyses by itself")
@pytest.mark.usefixtures("question")
def test_sqlite_knows_its_tables_after_prepare() -> None:
    analyze()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        known = {table for (table,) in cursor.fetchall()}
    assert Topic._meta.db_table in known


def test_another_start_finds_the_static_files_unchanged() -> None:
    before = state_of_sources()
    folder.cache_clear()
    assert state_of_sources() == before
