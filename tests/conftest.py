"""How all tests run: which of them, on which database, with which services and files."""

import gc
import os
import shutil
import tempfile
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
import zeal.constants
import zeal.patch
from django.conf import settings

from tests.services import on_postgresql, require_service

pytest_plugins = ["tests.cast"]

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
_LONGEST = (
    "tests/browser/test_every_page.py",
    "tests/house/",
    "tests/config/api/test_generated.py",
    "tests/discussions/imports/test_import_shared_data.py",
    "tests/config/demo/",
)
# Of several such lists Chromium takes the last: those that Playwright turns off stand here, too.
_BROWSER_FEATURES_OFF = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    # Processes for what no test opens, half of the time that a new context takes.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"),
)
_BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    f"--disable-features={','.join(_BROWSER_FEATURES_OFF)}",
]

hypothesis.settings.register_profile(
    "guildhall", database=None, deadline=None, derandomize=os.environ.get("CI") == "true"
)
hypothesis.settings.load_profile("guildhall")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-tests-only",
        action="store_true",
        help="only tests that use the database: the second run, on PostgreSQL",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests away from the data folder, and make a page with N+1 queries an error."""
    if os.environ.get("PYTEST_XDIST_WORKER") == "gw1" and on_postgresql():
        second = urllib.parse.urlsplit(os.environ["GUILDHALL_TEST_POSTGRES_2"])
        settings.DATABASES["default"]["PORT"] = second.port
    data = Path(tempfile.mkdtemp(prefix="guildhall-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(data, ignore_errors=True))
    settings.DATA_DIR = data
    settings.MEDIA_ROOT = data / "files"
    settings.STATIC_ROOT = data / "static"
    settings.STATIC_ROOT.mkdir()
    # A hash that takes no time: half the pages are seen by somebody who signed in.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Crawlers ask more than a program may; tests of the limits set their own.
    settings.API_READS_PER_MINUTE = settings.API_WRITES_PER_MINUTE = 1_000_000
    # Names with hashes exist only after collectstatic.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    if not on_postgresql():
        _refuse_n_plus_one()


def _refuse_n_plus_one() -> None:
    """For one database: pages ask the same on both, and looking costs a fifth of the time."""
    zeal.constants.initialize_app_registry()
    zeal.patch.patch()
    settings.MIDDLEWARE = ["zeal.middleware.zeal_middleware", *settings.MIDDLEWARE]


def pytest_collection_finish() -> None:
    """What is loaded by now stays: walking through it again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = {item: _wanted(item, config) for item in items}
    config.hook.pytest_deselected(items=[item for item in items if not wanted[item]])
    items[:] = [item for item in items if wanted[item]]
    # Two processes share the files: what takes minutes must not begin when nothing else is left.
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    turns = (turn for turn, path in enumerate(_LONGEST) if item.nodeid.startswith(path))
    return next(turns, len(_LONGEST))


def _wanted(item: pytest.Item, config: pytest.Config) -> bool:
    """Proofs run when asked for; each database test on its database, the others once."""
    if item.get_closest_marker("proof") and "proof" not in config.option.markexpr:
        return False
    services = _services(item)
    if not config.option.database_tests_only:
        other_run_has_it = bool(os.environ.get("GUILDHALL_TEST_POSTGRES")) and not on_postgresql()
        return not ("postgresql" in services and other_run_has_it)
    if "chromium" in services or item.get_closest_marker("browser"):
        return False
    return "postgresql" in services or _uses_database(item)


def _services(item: pytest.Item) -> set[str]:
    return {name for mark in item.iter_markers("service") for name in mark.args}


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & _DATABASE_FIXTURES)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name in sorted(_services(item)):
        require_service(name)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Put SQLite's test database in a file: threads and processes can't share one in memory."""
    if not on_postgresql():
        name = tmp_path_factory.mktemp("database") / "test.sqlite3"
        settings.DATABASES["default"]["TEST"]["NAME"] = name


@pytest.fixture
def redis_url() -> str:
    """A real Redis, database 0."""
    return require_service("redis")


@pytest.fixture
def elasticsearch_url() -> str:
    """A real Elasticsearch; tests name and delete their own indices."""
    return require_service("elasticsearch")


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A real Chromium for the tests of one module."""
    binary = require_service("chromium")
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's own event loop runs in this thread, which makes Django refuse the ORM.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=binary, args=_BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data sets beside the checkout; a test without it is skipped."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the data sets in {folder}")
    return folder
