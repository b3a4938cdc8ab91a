import pytest

from community.accounts.models import User
from community.spaces.models import Role, Space
from tests.factories.community import add_member, make_person


@pytest.fixture
def kim(closed: Space, mia: User) -> User:
    """Moderates the closed space."""
    kim = make_person("Kim")
    add_member(closed, kim, actor=mia, role=Role.MODERATOR)
    return kim
