"""What DATABASE_URL, FILES_URL and REDIS_URL become."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from django.db import connections

from config.environment import database_url, files_url
from config.stores import caches, channel_layers, database, files, limit_waits
from tests.services import on_postgresql

FOLDER = Path("/srv/data")


def test_database_is_a_file_in_the_data_folder_by_default() -> None:
    found = database(None, FOLDER)
    assert found["NAME"] == FOLDER / "guildhall.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]
    assert (found["CONN_MAX_AGE"], found["ATOMIC_REQUESTS"]) == (None, False)


def test_named_file_is_as_safe_as_the_default_one() -> None:
    found = database(database_url("sqlite:////srv/other.sqlite3"), FOLDER)
    assert found["NAME"] == "/srv/other.sqlite3"
    assert found["OPTIONS"] == database(None, FOLDER)["OPTIONS"]


def test_postgresql_keeps_its_own_options() -> None:
    found = database(database_url("postgres://ada:x@db:5433/site?sslmode=require"), FOLDER)
    assert (found["NAME"], found["HOST"], found["PORT"]) == ("site", "db", 5433)
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (None, True)


def test_pages_wait_for_no_lock_for_ever() -> None:
    named = database(database_url("postgres://ada:x@db/site?sslmode=require"), FOLDER)
    limit_waits(named, lock_seconds=5, statement_seconds=30)
    assert named["OPTIONS"] == {
        "sslmode": "require",
        "options": "-c lock_timeout=5s -c statement_timeout=30s",
    }
    file = database(None, FOLDER)
    limit_waits(file, lock_seconds=5, statement_seconds=30)
    assert file == database(None, FOLDER)


@pytest.mark.django_db
def test_postgresql_takes_the_limits() -> None:
    if not on_postgresql():
        pytest.skip("needs PostgreSQL")
    here = connections["default"]
    named = here.settings_dict | {"OPTIONS": {**here.settings_dict["OPTIONS"]}}
    limit_waits(named, lock_seconds=5, statement_seconds=30)
    other = type(here)(named, "other")
    with other.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)
    other.close()


def test_redis_holds_the_fast_cache_and_the_channels_only() -> None:
    url = "redis://cache:6379/1"
    assert caches(url)["fast"]["LOCATION"] == url
    assert caches(url)["default"] == caches(None)["default"]
    assert "redis" not in str(caches(None))
    assert channel_layers(url)["default"]["CONFIG"] == {"hosts": [url]}
    assert "InMemory" in channel_layers(None)["default"]["BACKEND"]


def test_files_lie_in_the_data_folder_by_default() -> None:
    assert files(None) == {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def test_bucket_is_private_and_never_renames() -> None:
    found = files("s3://guild/site/files?region_name=eu-central-1&endpoint_url=https://s3.example")
    assert found["BACKEND"] == "storages.backends.s3.S3Storage"
    assert found["OPTIONS"] == {
        "bucket_name": "guild",
        "location": "site/files",
        "region_name": "eu-central-1",
        "endpoint_url": "https://s3.example",
        "default_acl": "private",
        "file_overwrite": True,
        "max_memory_size": 1024 * 1024,
    }


def test_nobody_opens_a_bucket_to_the_world_by_its_address() -> None:
    found = files("s3://guild?default_acl=public-read&file_overwrite=")["OPTIONS"]
    assert (found["default_acl"], found["file_overwrite"]) == ("private", True)


@pytest.mark.parametrize(
    "address", ["https://guild.example", "s3://", "guild", "s3://key:secret@guild"]
)
def test_address_of_no_bucket_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="s3://bucket"):
        files_url(address)


def test_option_that_no_bucket_has_is_named() -> None:
    with pytest.raises(ValueError, match="regoin is no option"):
        files_url("s3://guild?regoin=eu")


@pytest.mark.skipif(find_spec("storages") is not None, reason="requirements-s3.lock is installed")
def test_bucket_without_its_packages_names_the_command() -> None:
    with pytest.raises(ValueError, match=r"requirements-s3\.lock"):
        files_url("s3://guild")
