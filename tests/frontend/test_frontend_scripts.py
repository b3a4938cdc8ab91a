"""The ES modules in a real browser; pages come from here, scripts from the static finders."""

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template import engines

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]

SITE = "http://guildhall.test"
LIST = """
<ul><li data-row><a class="title" href="/first">First</a></li>
<li data-row><a class="title" href="/second">Second</a></li></ul>
<a href="/ask" aria-keyshortcuts="c">Ask</a> <a href="/questions" data-go="q">Questions</a>
"""
TOPIC = """
<article data-post="3" data-row tabindex="-1" data-author="ben" data-author-name="Ben Ito">
<div class="prose"><p>Set it to 20.</p></div>
<button data-quote aria-keyshortcuts="q">Quote</button>
<button data-for="author">Edit</button><button data-for="others">Flag</button>
<button data-vote="p3" value="1" aria-pressed="false">Up</button></article>
<section id="compose"><form method="post" action="/answer" data-composer data-draft="answer:1">
<input type="hidden" name="csrfmiddlewaretoken" value="token">
<div class="toolbar" hidden><button type="button" data-wrap="**">Bold</button></div>
<textarea name="source"></textarea><div data-preview-pane></div>
<button data-preview-url="/preview">Preview</button><button class="primary">Send</button></form>
</section>
<script type="application/json" id="viewer">{"me": "ada", "votes": {"p3": 1}}</script>
"""
TAGS = """
<form><label for="tags">Tags</label>
<input id="tags" name="tags" value="vpn" data-suggest-url="/suggest" data-max="3"></form>
"""
READING = """
<div data-reading="/read" data-linear id="talk">
<article class="post" data-post="1" data-author="ben"><p>One</p></article>
<article class="post" data-post="2" data-author="ada"><p>Two</p></article>
<article class="post" data-post="3" data-author="ben"><p>Three</p></article>
<hr class="far"><article class="post" data-post="4" data-author="ben"><p>Four</p></article>
<template id="new-line"><div class="unread-line">New</div></template>
<template id="new-badge"><span class="badge" data-new>new</span></template></div>
<form id="act"><input type="hidden" name="csrfmiddlewaretoken" value="token"></form>
<button type="button" formaction="/topics/x/reading/removal">Unread</button>
<script type="application/json" id="viewer">{"me": "ada", "read_to": 1}</script>
"""
SIGN_OUT = "<form data-forget-copies action='/sign-in'><button>Sign out</button></form>"
BODIES = {"/sign-out": SIGN_OUT, "/list": LIST, "/topic": TOPIC, "/tags": TAGS, "/reading": READING}


def document(body: str, me: str = "ada") -> str:
    """A page as the person with the public id me gets it; "" is nobody."""
    source = (
        "{% extends 'base.html' %}{% block body %}<main id='main'>" + body + "</main>{% endblock %}"
    )
    return str(engines["django"].from_string(source).render({"me": me and {"public_id": me}}))


def answer(route: "Route") -> None:
    """Serve static files through the finders, and the few addresses that the scripts call."""
    address = urlsplit(route.request.url)
    if address.path.startswith("/static/"):
        found = finders.find(address.path.removeprefix("/static/"))
        assert isinstance(found, str), address.path
        kind = mimetypes.guess_type(found)[0]
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
    elif address.path == "/suggest":
        names = [n for n in ("vpn", "printing", "privacy") if parse_qs(address.query)["q"][0] in n]
        route.fulfill(json={"tags": [{"name": name, "count": 4} for name in names]})
    elif address.path == "/preview":
        text = parse_qs(route.request.post_data or "")["text"][0]
        route.fulfill(body=f"<p>{text}</p>", content_type="text/html")
    else:
        body = BODIES.get(address.path, "<h1>Elsewhere</h1>")
        me = "" if address.path == "/sign-in" else address.query or "ada"
        route.fulfill(body=document(body, me), content_type="text/html")


@pytest.fixture
def visit(browser: "Browser") -> Iterator[Callable[[str], "Page"]]:
    context = browser.new_context()
    context.route("**/*", answer)
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))

    def go(path: str) -> "Page":
        page.goto(SITE + path, wait_until="networkidle")
        return page

    yield go
    context.close()
    assert errors == []


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
