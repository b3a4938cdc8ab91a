"""The worker's part, and allauth's limits in memory."""

import pytest

from community.accounts.models import User
from community.invitations.actions import Wish, invite
from community.invitations.models import Invitation


@pytest.fixture(autouse=True)
def limits(fresh_limits: None) -> None:
    """Every test here begins with nothing counted."""


@pytest.fixture
def invited(admin: User) -> Invitation:
    return invite(Wish("ida@example.com", name="Ida"), by=admin)
