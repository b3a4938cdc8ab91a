import pytest

from community.accounts.models import User
from tests.factories.community import PASSWORD, make_person


@pytest.fixture(autouse=True)
def limits(fresh_limits: None) -> None:
    """Every test here begins with nothing counted."""


@pytest.fixture
def ida(db: None) -> User:
    return make_person("Ida", password=PASSWORD)
