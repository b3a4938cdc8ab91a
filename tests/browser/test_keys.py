"""The keyboard on the real pages, what the composer keeps, and where "back" leads."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Kind, Topic
from tests.browser.browsing import Browsing
from tests.factories.discussions import make_answer, make_reply, make_topic

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


@pytest.fixture
def page(browsing: Browsing, ada: User) -> "Page":
    return browsing.open(ada)


@pytest.mark.parametrize(
    ("keys", "address"),
    [
        ("gh", "/"),
        ("gu", "/?order=unread"),
        ("gn", "/questions?order=newest"),
        ("gq", "/questions"),
        ("gd", "/discussions"),
        ("ge", "/people"),
        ("c", "/ask"),
    ],
)
def test_keys_lead_to_pages(page: "Page", keys: str, address: str) -> None:
    visit(page, "/spaces")
    page.keyboard.type(keys)
    page.wait_for_url(f"**{address}")


def test_question_mark_opens_the_help_and_the_keys_can_be_turned_off(page: "Page") -> None:
    visit(page, "/spaces")
    page.keyboard.press("?")
    help_box = page.get_by_role("dialog", name="Keyboard")
    expect(help_box).to_be_visible()
    help_box.get_by_label("Use these keys").uncheck()
    help_box.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    expect(help_box).to_be_hidden()
    visit(page, "/people")
    page.keyboard.press("c")
    page.keyboard.press("j")
    assert page.url.endswith("/people")
    assert focused(page) == ""


def test_keys_rest_in_fields(page: "Page", question: Topic, ben: User, browsing: Browsing) -> None:
    reader = browsing.open(ben)
    visit(reader, question.get_absolute_url())
    reader.get_by_label("Your answer").press_sequentially("c?ghjkareql")
    expect(reader.get_by_label("Your answer")).to_have_value("c?ghjkareql")
    assert reader.url.endswith(question.get_absolute_url())


def test_rows_are_walked_opened_and_left(page: "Page", space: Space, ada: User) -> None:
    for title in ("First one?", "Second one?", "Third one?"):
        make_topic(space, by=ada, title=title)
    visit(page, "/questions?order=newest")
    walked = []
    for key in "jjjk":
        page.keyboard.press(key)
        walked.append(focused(page))
    page.keyboard.press("o")
    page.wait_for_url("**/second-one")
    page.keyboard.press("u")
    page.wait_for_url("**/questions?order=newest")
    assert walked == ["Third one?", "Second one?", "First one?", "Second one?"]


def test_keys_work_on_the_post_in_focus(
    browsing: Browsing, question: Topic, ada: User, ben: User
) -> None:
    make_answer(question, by=ben, source="Lower the mtu.")
    page = browsing.open(ada)
    visit(page, question.get_absolute_url())
    page.keyboard.type("jj")
    page.keyboard.press("l")
    expect(post(page, 2).get_by_role("button", name="is useful")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("l")
    expect(post(page, 2).get_by_role("button", name="is useful")).to_have_attribute(
        "aria-pressed", "false"
    )
    post(page, 2).focus()
    page.keyboard.press("q")
    expect(page.get_by_label("Your answer")).to_have_value("> **Ben**, 2:\n>\n> Lower the mtu.\n\n")
    post(page, 2).focus()
    page.keyboard.press("r")
    expect(page.get_by_label("Your comment")).to_be_visible()
    post(page, 1).focus()
    page.keyboard.press("e")
    page.wait_for_url("**/edit")


@pytest.mark.parametrize("by", ["key", "click"])
def test_comment_is_written_at_once(
    browsing: Browsing, question: Topic, ada: User, by: str
) -> None:
    page = browsing.open(ada)
    visit(page, question.get_absolute_url())
    press(page, post(page, 1), by, "Comment")
    box = page.get_by_label("Your comment")
    expect(box).to_be_focused()
    page.keyboard.type("and a jar")
    expect(box).to_have_value("and a jar")


@pytest.mark.parametrize("by", ["key", "click"])
def test_reply_is_written_at_once(
    browsing: Browsing, space: Space, ada: User, ben: User, by: str
) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    for _number in range(12):
        make_reply(talk, by=ben, source="Lower the mtu.")
    page = browsing.open(ada)
    visit(page, talk.get_absolute_url())
    press(page, post(page, 2), by, "Reply")
    box = page.get_by_label("Your reply")
    expect(page.locator("#compose .reply-chip")).to_be_in_viewport()
    expect(box).to_be_focused()
    page.keyboard.type("and a jar")
    expect(box).to_have_value("and a jar")
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    assert box.evaluate("box => document.activeElement === box")


def test_a_leads_into_the_answer_and_control_enter_sends_it(
    browsing: Browsing, question: Topic, ben: User
) -> None:
    page = browsing.open(ben)
    visit(page, question.get_absolute_url())
    page.keyboard.press("a")
    page.keyboard.type("Lower the mtu.")
    page.keyboard.press("Control+Enter")
    expect(post(page, 2)).to_contain_text("Lower the mtu.")


def test_composer_keeps_what_was_not_sent(browsing: Browsing, question: Topic, ben: User) -> None:
    page = browsing.open(ben)
    page.on("dialog", lambda dialog: dialog.accept())
    visit(page, question.get_absolute_url())
    page.get_by_label("Your answer").fill("Half an answer")
    visit(page, "/questions")
    visit(page, question.get_absolute_url())
    expect(page.get_by_label("Your answer")).to_have_value("Half an answer")
    page.get_by_role("button", name="Post answer").click()
    expect(post(page, 2)).to_contain_text("Half an answer")
    expect(page.get_by_label("Your answer")).to_have_value("")


def test_tags_are_suggested_while_typing(page: "Page", question: Topic) -> None:
    visit(page, "/ask")
    box = page.get_by_role("combobox", name="Tags")
    box.press_sequentially("net")
    page.get_by_role("option", name="networks").click()
    box.press_sequentially("vp")
    expect(page.get_by_role("option", name="vpn")).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator("[name=tags]")).to_have_value("networks, vpn")


def test_deleting_can_be_undone_from_the_message(page: "Page", question: Topic) -> None:
    visit(page, question.get_absolute_url())
    post(page, 1).get_by_role("button", name="Delete").click()
    message = page.get_by_role("status")
    expect(message).to_contain_text("The topic is deleted.")
    message.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(question.title)
    expect(post(page, 1).get_by_role("button", name="Delete")).to_be_visible()


def test_back_restores_the_place_in_a_list(page: "Page", space: Space, ada: User) -> None:
    for number in range(25):
        make_topic(space, by=ada, title=f"How is number {number}?")
    visit(page, "/questions")
    page.get_by_role("link", name="How is number 2?").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    page.get_by_role("link", name="How is number 2?").click()
    page.wait_for_url("**/how-is-number-2")
    page.go_back(wait_until="load")
    page.wait_for_function("at => Math.abs(scrollY - at) < 5", arg=before)
    assert before > 100


def visit(page: "Page", address: str) -> None:
    page.goto(address, wait_until="networkidle")


def press(page: "Page", there: "Locator", by: str, name: str) -> None:
    if by == "key":
        there.focus()
        page.keyboard.press("r")
    else:
        there.get_by_role("link", name=name).click()


def focused(page: "Page") -> str:
    """The link in focus, or nothing."""
    text = page.evaluate(
        "document.activeElement.matches('a') ? document.activeElement.innerText : ''"
    )
    return str(text)


def post(page: "Page", number: int) -> "Locator":
    return page.get_by_role("article", name=f"Post {number} by")
