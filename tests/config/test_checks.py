from collections.abc import Callable

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from config import checks

PRODUCTION = {
    "WEB_PROCESSES": 2,
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "DEBUG": False,
    "HTTPS": True,
    "EMBEDDED": False,
    "SITE_URL": "https://guildhall.example",
    "SECRET_KEY": "x" * 50,
    "SECURE_SSL_REDIRECT": True,
    "TRUSTED_PROXIES": ["127.0.0.1"],
    "DEMO": False,
}
ALL: list[Callable[..., list[CheckMessage]]] = [
    checks.check_processes,
    checks.check_debug,
    checks.check_secret_key,
    checks.check_site_url,
    checks.check_proxies,
    checks.check_demo,
]


def found(settings: Settings, **changes: object) -> list[str | None]:
    """The ids of what all checks say to the production settings with changes."""
    for name, value in (PRODUCTION | changes).items():
        if name == "DATABASES":
            continue
        setattr(settings, name, value)
    return [message.id for check in ALL for message in check()]


@pytest.fixture
def engine_in_use(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def use(engine: str) -> None:
        monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", f"django.db.backends.{engine}")

    return use


def test_production_and_embedded_settings_pass(
    settings: Settings, engine_in_use: Callable[[str], None]
) -> None:
    engine_in_use("postgresql")
    assert found(settings) == []

    engine_in_use("sqlite3")
    embedded = {"WEB_PROCESSES": 1, "REDIS_URL": None}
    here = {"EMBEDDED": True, "HTTPS": False, "SITE_URL": "http://127.0.0.1:8000", "DEMO": True}
    assert found(settings, **embedded, **here) == []


@pytest.mark.parametrize(
    ("engine", "changes", "ids"),
    [
        ("sqlite3", {}, ["guildhall.E001"]),
        ("postgresql", {"REDIS_URL": None}, ["guildhall.E002"]),
        ("sqlite3", {"REDIS_URL": None}, ["guildhall.E001", "guildhall.E002"]),
        ("postgresql", {"DEBUG": True}, ["guildhall.E003"]),
        ("postgresql", {"SECRET_KEY": "x" * 49}, ["guildhall.E004"]),
        ("postgresql", {"SITE_URL": "http://guildhall.example"}, ["guildhall.E005"]),
        ("postgresql", {"SITE_URL": "http://localhost:8000"}, []),
        ("postgresql", {"TRUSTED_PROXIES": []}, ["guildhall.E006"]),
        ("postgresql", {"TRUSTED_PROXIES": [], "SECURE_SSL_REDIRECT": False}, []),
        ("postgresql", {"DEMO": True}, ["guildhall.E007"]),
        ("postgresql", {"DEMO": True, "HTTPS": False}, []),
    ],
)
def test_impossible_mix_is_refused(
    settings: Settings,
    engine_in_use: Callable[[str], None],
    engine: str,
    changes: dict[str, object],
    ids: list[str],
) -> None:
    engine_in_use(engine)

    assert found(settings, **changes) == ids


def test_every_message_says_what_to_do(
    settings: Settings, engine_in_use: Callable[[str], None]
) -> None:
    engine_in_use("sqlite3")
    found(settings, REDIS_URL=None, DEBUG=True, SECRET_KEY="x", SITE_URL="http://x.example")

    messages = [message for check in ALL for message in check()]

    assert len(messages) == 5
    assert all(message.hint for message in messages)
