"""What is typed survives reloads, lost connections and ended sessions, in a real browser."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.frontend.site import document

if TYPE_CHECKING:
    from playwright.sync_api import Page


pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


def write(page: "Page", text: str) -> None:
    """Type, and wait for the copy: the script comes with the first turn to a form."""
    page.fill("textarea", text)
    page.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('draft:'))")


def test_text_survives_a_reload_and_not_the_sending(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    page.on("dialog", lambda dialog: dialog.accept())
    write(page, "half an answer")
    assert visit("/topic").input_value("textarea") == "half an answer"
    page.press("textarea", "Control+Enter")
    page.wait_for_url("**/answer")
    assert visit("/topic").input_value("textarea") == ""


def test_text_that_the_server_did_not_take_is_kept(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/answer", lambda route: route.fulfill(status=503, body=document("<h1>Busy</h1>")))
    write(page, "half an answer")
    page.press("textarea", "Control+Enter")
    page.wait_for_url("**/answer")
    assert visit("/topic").input_value("textarea") == "half an answer"


def test_text_that_never_reached_the_server_is_kept(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/answer", lambda route: route.abort())
    write(page, "half an answer")
    with page.expect_event("requestfailed"):
        page.press("textarea", "Control+Enter")
    assert visit("/topic").input_value("textarea") == "half an answer"


def test_text_whose_session_ended_is_there_after_sign_in(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/answer", lambda route: route.fulfill(body=document("<h1>Sign in</h1>", "")))
    write(page, "half an answer")
    page.press("textarea", "Control+Enter")
    page.wait_for_url("**/answer")
    assert visit("/topic").input_value("textarea") == "half an answer"


def test_somebody_else_finds_no_text(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("textarea", "a secret")
    visit("/sign-in")
    assert visit("/topic?ben").input_value("textarea") == ""
    assert "secret" not in page.evaluate("JSON.stringify(localStorage)")


def test_sign_out_forgets_every_text(visit: Callable[[str], "Page"]) -> None:
    page = visit("/topic")
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("textarea", "a secret")
    visit("/sign-out").click("button")
    page.wait_for_url("**/sign-in*")
    assert "secret" not in page.evaluate("JSON.stringify(localStorage)")
