from pathlib import Path

import pytest
from pytest_django import Settings

from community.accounts.models import User
from config.site.backup.databases import copier
from config.site.backup.making import make_backup
from tests.factories.community import make_person, make_space
from tests.factories.discussions import make_answer, make_topic


@pytest.fixture
def kept(tmp_path: Path, settings: Settings) -> Path:
    """The folder of the site's files, with one in it."""
    folder = tmp_path / "kept"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / "picture").write_bytes(b"\x89PNG" * 50_000)
    settings.MEDIA_ROOT = folder
    settings.SITE_NAME_FILE = tmp_path / "site_name"
    return folder


@pytest.fixture
def site(transactional_db: None, kept: Path) -> User:
    """Ada's small site; returns Ada."""
    ada = make_person("Ada")
    topic = make_topic(make_space(owner=ada), by=ada, title="Who keeps the ünïcode?")
    make_answer(topic, by=ada)
    return ada


@pytest.fixture
def backup(site: User, tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    make_backup(folder, silent)
    return folder


@pytest.fixture
def dump() -> str:
    """The name of the database's file in a backup."""
    return str(copier().DUMP)


def silent(what: str, done: int, total: int) -> None:
    """A run without progress."""
