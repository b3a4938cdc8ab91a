"""The services that tests rely on are real: each one answers."""

import os
from typing import TYPE_CHECKING

import psycopg
import pytest
import redis

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.service("postgresql")
def test_postgresql_answers() -> None:
    with psycopg.connect(os.environ["GUILDHALL_TEST_POSTGRES"]) as connection:
        row = connection.execute("SELECT 1, lower('ÄÉ'), version() LIKE 'PostgreSQL %'").fetchone()
    assert row == (1, "äé", True)


@pytest.mark.service("redis")
def test_redis_answers(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.ping() is True


@pytest.mark.service("chromium")
def test_chromium_draws_a_page(browser: "Browser") -> None:
    page = browser.new_page()
    page.set_content("<title>Guildhall</title><script>document.title += ' works'</script>")
    assert page.title() == "Guildhall works"
    assert int(browser.version.split(".")[0]) >= 100
    page.close()
