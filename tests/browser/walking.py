"""Ways through the site that desktops and phones have in common: by links, never by address."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import PHONE
from tests.community.invitations.letters import deliver

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page, ViewportSize

LAPTOP: "ViewportSize" = {"width": 1280, "height": 800}
wide_and_narrow = pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["desktop", "phone"])
BOTTOM_BAR = ("Today", "Questions", "Discussions", "People")


def turn_to(page: "Page", name: str) -> None:
    """Follow a link of the navigation: beside the page, on a phone below it or behind "More"."""
    # A number of what is new may stand behind the name.
    words = re.compile(rf"^{re.escape(name)}\b")
    if page.viewport_size != PHONE:
        place = page.locator(".side")
    elif name in BOTTOM_BAR:
        place = page.locator(".tabbar")
    else:
        page.locator(".tabbar").get_by_role("button", name="More").click()
        place = page.locator("#more")
    place.get_by_role("link", name=words).first.click()


def turn_to_own(page: "Page", name: str) -> None:
    """Follow a link of the menu of oneself."""
    page.get_by_role("button", name="Menu of").click()
    page.locator("#me").get_by_role("link", name=name).click()


def expect_heading(page: "Page", text: str) -> None:
    """The page has this heading, and doesn't scroll sideways."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
    # Not innerWidth, which on a phone grows with what is too wide.
    assert page.viewport_size is not None
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]


def csv_file(text: str) -> "FilePayload":
    return {"name": "table.csv", "mimeType": "text/csv", "buffer": text.encode()}


def look_again(page: "Page") -> None:
    """See work that goes on, let it end, and look at what came of it."""
    again = page.get_by_role("link", name="Look again")
    expect(again).to_be_visible()
    deliver()
    again.click()
    expect(again).to_have_count(0)
