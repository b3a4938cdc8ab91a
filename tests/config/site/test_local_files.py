"""Commands that copy files refuse a site whose files are in a bucket, before they do anything."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from config.site.backup.restoring import restore_backup
from config.site.manifest import FolderError
from config.site.transfer.exporting import export_site
from config.site.transfer.importing import import_site


@pytest.mark.parametrize("work", [export_site, import_site, restore_backup])
def test_files_in_a_bucket_are_not_forgotten_in_silence(
    work: Callable[..., Any], settings: Settings, tmp_path: Path
) -> None:
    elsewhere = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": elsewhere}
    with pytest.raises(FolderError, match="FILES_URL"):
        work(tmp_path / "new", lambda what, done, total: None)
    assert not (tmp_path / "new").exists()
