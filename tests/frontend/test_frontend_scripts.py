"""Keys, buttons and fields of the ES modules in a real browser."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page


pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


def focused(page: "Page") -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_j_and_k_walk_the_rows_and_o_opens(visit: Callable[[str], "Page"]) -> None:
    page = visit("/list")
    walked = []
    for key in "jjk":
        page.keyboard.press(key)
        walked.append(focused(page))
    page.keyboard.press("o")
    page.wait_for_url("**/first")
    assert walked == ["First", "Second", "First"]


def test_key_presses_the_element_that_names_it(visit: Callable[[str], "Page"]) -> None:
    page = visit("/list")
    page.keyboard.press("c")
    page.wait_for_url("**/ask")


def test_g_and_a_letter_go_to_a_page(visit: Callable[[str], "Page"]) -> None:
    page = visit("/list")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/questions")


def test_keys_rest_while_typing_and_when_off(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    page.focus("textarea")
    page.keyboard.type("cq")
    assert page.input_value("textarea") == "cq"
    page.evaluate("localStorage.setItem('keys', 'off')")
    visit("/list").keyboard.press("j")
    assert focused(page).strip() != "First"


def test_quote_puts_the_post_into_the_answer(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    page.click("[data-quote]")
    # The module that quotes is fetched with the first quote.
    page.wait_for_function("document.querySelector('textarea').value")
    assert page.input_value("textarea") == "> **Ben Ito**, 3:\n>\n> Set it to 20.\n\n"


def test_viewer_sees_only_what_is_for_them(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    assert page.is_hidden("[data-for=author]")
    assert page.is_visible("[data-for=others]")
    assert page.get_attribute("[data-vote]", "aria-pressed") == "true"


def test_toolbar_wraps_the_selection(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    page.fill("textarea", "so it is")
    page.eval_on_selector("textarea", "area => area.setSelectionRange(3, 5)")
    page.click("[data-wrap]")
    assert page.input_value("textarea") == "so **it** is"


def test_preview_shows_what_the_server_rendered(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    page.fill("textarea", "hello")
    page.click("[data-preview-url]")
    page.wait_for_selector("[data-preview-pane] p")
    assert page.inner_text("[data-preview-pane]") == "hello"


def test_tags_become_chips_and_stay_one_field(visit: Callable[[str], "Page"]) -> None:
    page = visit("/tags")
    page.fill("[role=combobox]", "pri")
    page.wait_for_selector("[role=option]")
    offered = page.locator("[role=option]").evaluate_all("all => all.map(o => o.dataset.name)")
    page.press("[role=combobox]", "ArrowDown")
    page.press("[role=combobox]", "Enter")
    page.type("[role=combobox]", "Home Office,")
    assert offered == ["printing", "privacy"]
    assert page.input_value("[name=tags]") == "vpn, printing, home-office"
    assert page.is_hidden("[role=combobox]")
