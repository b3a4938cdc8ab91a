"""What the first start says where the demo company can't be made."""

import pytest
from pytest_django import Settings

from community.accounts.models import User
from config.management.commands.start import Command

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_demo_that_breaks_a_limit_is_refused_whole_with_a_sentence(settings: Settings) -> None:
    settings.MAX_TITLE_LENGTH = 20
    with pytest.raises(SystemExit, match="The demo company doesn't fit the settings"):
        Command().make_demo()
    assert not User.objects.exists()
