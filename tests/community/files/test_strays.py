"""Contents that no row names: what a killed process leaves behind."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from community.accounts.models import User
from community.files.actions import store_file
from community.files.strays import start_removing
from community.jobs.worker import JobWorker
from tests.factories.files import picture_bytes

DAY = 86_400


def stored() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def store(name: str, *, days: int = 3) -> str:
    default_storage.save(name, ContentFile(b"x"))
    age(name, days)
    return name


def age(name: str, days: int) -> None:
    then = time.time() - days * DAY
    os.utime(default_storage.path(name), (then, then))


@pytest.fixture
def worker(tmp_path: Path, settings: Settings, db: None) -> JobWorker:
    settings.MEDIA_ROOT = tmp_path / "empty"
    return JobWorker(interval_seconds=0.1)


def test_only_old_contents_without_a_row_are_removed(worker: JobWorker, ada: User) -> None:
    file = store_file(ContentFile(picture_bytes()), by=ada, name="plan.png")
    while worker.run_next():
        pass
    for name in stored():
        age(name, 3)
    kept = stored() | {
        store("ab/" + "ab" * 20, days=1),
        store("exports/" + "ab" * 20 + ".zip"),
        store("ab/notes.txt"),
    }
    store("cd/" + "cd" * 20)
    store("cd/" + "cd" * 20 + ".640.webp")
    assert file.stored_as in kept

    start_removing()
    assert worker.run_next()

    assert stored() == kept


def test_storage_that_was_never_used_has_no_strays(worker: JobWorker) -> None:
    start_removing()
    assert worker.run_next()
