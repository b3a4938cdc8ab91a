from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection

from discussions.imports.run import import_dump
from discussions.topics.models import Post, Topic
from tests.discussions.imports.conftest import options

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class DeadlockOnce:
    """PostgreSQL's word for it at the first statement that begins so."""

    def __init__(self, start: str) -> None:
        self.start, self.times = start, 0

    def __call__(self, execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.startswith(self.start) and not self.times:
            self.times += 1
            raise OperationalError from psycopg.errors.DeadlockDetected()
        return execute(sql, *rest)


def test_batch_that_a_deadlock_stopped_is_numbered_from_one(dump: Path) -> None:
    deadlock = DeadlockOnce('INSERT INTO "discussions_topictag"')

    with connection.execute_wrapper(deadlock):
        import_dump(options(dump), lambda what, done, total: None)

    numbers = {
        topic.highest_number: sorted(topic.posts.values_list("number", flat=True))
        for topic in Topic.objects.all()
    }
    assert deadlock.times == 1
    assert numbers == {highest: list(range(1, highest + 1)) for highest in numbers}
    assert Post.objects.count() == 8
