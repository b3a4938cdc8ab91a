"""Pages in a language that is written from right to left say so."""

import pytest
from django.test import Client
from pytest_django import Settings

from community.accounts.models import User


@pytest.mark.parametrize(("written", "says"), [([], "ltr"), (["en"], "rtl")])
@pytest.mark.parametrize("path", ["/people", "/none-such"])
def test_page_says_in_which_direction_it_is_written(
    client: Client, ada: User, settings: Settings, path: str, written: list[str], says: str
) -> None:
    settings.LANGUAGES_BIDI = written
    client.force_login(ada)
    assert f' dir="{says}"' in client.get(path).content.decode().partition("<head>")[0]
