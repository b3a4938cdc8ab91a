from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from community.accounts.models import User
from tests.factories.community import PASSWORD, make_person


@pytest.fixture(autouse=True)
def fresh_limits(settings: Settings, db: None) -> Iterator[None]:
    """allauth counts in the default cache, whose table the tests' database lacks."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "fast": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ida(db: None) -> User:
    return make_person("Ida", password=PASSWORD)
