"""In languages that are written from right to left nothing sticks out sideways."""

from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from tests.browser.browsing import DESKTOP, PHONE, Browsing
from tests.house.make_office import make_office
from tests.house.pages import groups

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


def test_no_page_scrolls_sideways_from_right_to_left(
    browsing: Browsing, settings: Settings
) -> None:
    settings.LANGUAGES_BIDI = ["en"]
    office = make_office()
    pages: dict[str, Page] = {}
    kinds: set[str] = set()
    wide = []
    for visit in [visit for group in groups(office) for visit in group.visits]:
        if visit.typed is not None or visit.kind in kinds:
            continue
        kinds.add(visit.kind)
        if visit.by not in pages:
            pages[visit.by] = browsing.open(office.people.get(visit.by))
        page = pages[visit.by]
        page.goto(visit.path)
        assert page.evaluate("document.dir") == "rtl"
        wide += [f"{visit}: {pixels}" for pixels in too_wide(page)]
    assert wide == []


def too_wide(page: "Page") -> list[str]:
    found = []
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        if more := page.evaluate("document.documentElement.scrollWidth - innerWidth"):
            found.append(f"{more} pixels too wide for {viewport['width']}")
    return found
