"""The card at a link to a profile: by mouse, by keyboard, and gone again."""

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


def test_card_opens_by_mouse_and_keyboard_and_escape_closes_it(
    browsing: Browsing, question: Topic, ben: User, ada: User
) -> None:
    page = browsing.open(ben)
    page.goto(question.get_absolute_url())
    link = page.locator(f"main a[href='/p/{ada.handle}']").first
    card = page.locator(".person-card")

    link.hover()
    expect(card).to_contain_text("for them.")
    page.mouse.move(0, 0)
    expect(card).to_be_hidden()

    page.keyboard.press("Tab")
    link.focus()
    expect(card).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", "person-card")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
