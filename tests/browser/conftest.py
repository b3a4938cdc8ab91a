from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.browser.browsing import Browsing

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def browsing(browser: "Browser", live_server: LiveServer) -> Iterator[Browsing]:
    """Browsers on the site of this test; it ends without one complaint."""
    made = Browsing(browser, live_server.url)
    yield made
    made.close()
    assert made.complaints == []
