"""The real services that tests talk to: started by `scripts/services`, named in the environment."""

import os

import pytest
from django.conf import settings
from django.db import connection

_VARIABLES = {
    "postgresql": "GUILDHALL_TEST_POSTGRES",
    "redis": "GUILDHALL_TEST_REDIS",
    "elasticsearch": "GUILDHALL_TEST_ELASTICSEARCH",
    "chromium": "GUILDHALL_TEST_CHROMIUM",
}


def require_service(name: str) -> str:
    """The address of a service (for Chromium the path of its binary).

    Where it can't be had the test is skipped with the reason; with CI=true it fails.
    """
    variable = _VARIABLES[name]
    if address := os.environ.get(variable):
        return address
    reason = os.environ.get(
        f"{variable}_MISSING", "not started: use `make test`, or `scripts/services run -- COMMAND`"
    )
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name}: {reason}", pytrace=False)
    pytest.skip(f"{name}: {reason}")


def on_postgresql() -> bool:
    """Whether this run of the tests uses PostgreSQL as its database."""
    return connection.vendor == "postgresql"


def process_environment() -> dict[str, str]:
    """The environment in which `manage.py`, as a process, uses this test's database and files.

    Its rows are only visible to that process once committed: use a transactional test.
    """
    database = connection.settings_dict
    if on_postgresql():
        server = f"{database['HOST']}:{database['PORT']}"
        url = f"postgres://{database['USER']}:{database['PASSWORD']}@{server}/{database['NAME']}"
    else:
        url = f"sqlite:///{database['NAME']}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DATA_DIR": str(settings.DATA_DIR),
        "SECRET_KEY": settings.SECRET_KEY,
    }
