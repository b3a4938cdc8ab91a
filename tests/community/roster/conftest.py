"""A day, and an admin who sends tables of people."""

import pytest
import time_machine

from community.accounts.models import User
from community.roster.actions import keep_roster
from community.roster.checking import check
from community.roster.models import Roster
from tests.community.roster.tables import DAY, Compare, silent


@pytest.fixture(autouse=True)
def _noon() -> object:
    with time_machine.travel(f"{DAY} 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def compare(admin: User) -> Compare:
    """An admin sends a table, and it is compared."""

    def run(text: str) -> Roster:
        roster = keep_roster(text.encode(), by=admin)
        check(roster, silent)
        roster.refresh_from_db()
        return roster

    return run
