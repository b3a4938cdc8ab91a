"""What was in view is told as read, in a real browser."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]

# A window that shows the first three posts; what is sent on leaving can't be caught on its way.
FAR_AWAY = """
addEventListener("DOMContentLoaded", () => {
  for (const far of document.querySelectorAll(".far")) far.style.height = "3000px";
});
navigator.sendBeacon = (url, body) => {
  sessionStorage.setItem("beacon", `${url} ${body.get("number")}`);
};
"""


@pytest.fixture
def told(visit: Callable[[str], "Page"]) -> list[str]:
    """The numbers that a page tells the server while it stays."""
    numbers: list[str] = []

    def note(route: "Route") -> None:
        numbers.append(parse_qs(route.request.post_data or "")["number"][0])
        route.fulfill(status=204)

    page = visit("/list")
    page.route("**/read", note)
    page.add_init_script(FAR_AWAY)
    return numbers


def beacon(visit: Callable[[str], "Page"]) -> str | None:
    """What is told on leaving for another page."""
    sent: str | None = visit("/list").evaluate("sessionStorage.getItem('beacon')")
    return sent


def test_new_posts_of_others_begin_below_a_line(visit: Callable[[str], "Page"]) -> None:
    page = visit("/reading")
    shown = page.locator("#talk > *:not(template):not(hr)")
    assert shown.all_inner_texts() == ["One", "Two", "New", "Three", "Four"]


def test_what_stood_in_view_for_a_second_is_told_on_leaving(
    visit: Callable[[str], "Page"], told: list[str]
) -> None:
    page = visit("/reading")
    page.wait_for_timeout(1500)
    assert (told, beacon(visit)) == ([], "/read 3")


def test_what_was_only_passed_is_not_told(visit: Callable[[str], "Page"], told: list[str]) -> None:
    page = visit("/reading")
    page.wait_for_timeout(300)
    page.keyboard.press("End")
    page.wait_for_timeout(200)
    assert (told, beacon(visit)) == ([], None)


def test_what_is_read_is_told_while_the_page_stays(
    visit: Callable[[str], "Page"], told: list[str]
) -> None:
    page = visit("/reading")
    page.locator("[data-post='4']").scroll_into_view_if_needed()
    page.wait_for_timeout(8000)
    assert told == ["4"]


def test_question_stays_unread_below_what_was_not_seen(
    visit: Callable[[str], "Page"], told: list[str]
) -> None:
    page = visit("/reading")
    page.evaluate("delete document.getElementById('talk').dataset.linear")
    page.wait_for_timeout(1500)
    assert (told, beacon(visit)) == ([], "/read 3")


def test_page_on_which_a_post_was_marked_unread_tells_nothing(
    visit: Callable[[str], "Page"], told: list[str]
) -> None:
    page = visit("/reading")
    page.wait_for_timeout(1500)
    page.click("[formaction]")
    assert (told, beacon(visit)) == ([], None)
