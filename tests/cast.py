"""The small cast of all tests: Ada asks, Ben answers, Mia moderates, Zed is a stranger."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

if TYPE_CHECKING:
    from pytest_django import Settings

    from community.accounts.models import User
    from community.spaces.models import Space
    from discussions.topics.models import Topic


@pytest.fixture
def ada(db: None) -> "User":
    from tests.factories.community import make_person

    return make_person("Ada")


@pytest.fixture
def ben(db: None) -> "User":
    from tests.factories.community import make_person

    return make_person("Ben")


@pytest.fixture
def mia(db: None) -> "User":
    from tests.factories.community import make_person

    return make_person("Mia")


@pytest.fixture
def zed(db: None) -> "User":
    from tests.factories.community import make_person

    return make_person("Zed")


@pytest.fixture
def gil(space: "Space") -> "User":
    """A guest, who belongs to Mia's open space and to nothing else."""
    from tests.factories.community import make_guest

    return make_guest("Gil", spaces=(space,))


@pytest.fixture
def admin(db: None) -> "User":
    """Holds every capability and belongs to no space."""
    from tests.factories.community import make_admin

    return make_admin()


@pytest.fixture
def space(mia: "User") -> "Space":
    """An open space that Mia owns."""
    from tests.factories.community import make_space

    return make_space("Workshop", owner=mia)


@pytest.fixture
def closed(mia: "User", ada: "User", ben: "User") -> "Space":
    """A closed space: Mia owns it, Ada and Ben are members, Zed knows its name."""
    from community.spaces.models import Visibility
    from tests.factories.community import make_space

    return make_space("Backroom", owner=mia, members=(ada, ben), visibility=Visibility.CLOSED)


@pytest.fixture
def secret(mia: "User", ada: "User", ben: "User") -> "Space":
    """A secret space: Mia owns it, Ada and Ben are members, Zed must not know of it."""
    from community.spaces.models import Visibility
    from tests.factories.community import make_space

    return make_space("Cellar", owner=mia, members=(ada, ben), visibility=Visibility.SECRET)


@pytest.fixture
def question(space: "Space", ada: "User") -> "Topic":
    from tests.factories.discussions import make_topic

    return make_topic(space, by=ada, title="Why does the tunnel drop?", tags=["vpn", "networks"])


@pytest.fixture
def handle_events(db: None) -> Callable[[], None]:
    """Let every handler and fan-out catch up with what the test has recorded so far."""
    from tests.factories.events import catching_up

    return catching_up()


@pytest.fixture
def fresh_limits(settings: "Settings", db: None) -> Iterator[None]:
    """allauth counts in the default cache, whose table the tests' database lacks."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "fast": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    cache.clear()
    yield
    cache.clear()
