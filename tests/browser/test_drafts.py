"""What somebody types outlives crashes, lost connections and second tabs."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.spaces.models import Space
from discussions.drafts.queries import drafts_of
from discussions.topics.models import Kind, Topic
from tests.browser.browsing import Browsing
from tests.factories.discussions import make_answer, make_reply, make_topic

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium"), pytest.mark.slow]


def answer_box(page: "Page") -> "Locator":
    return page.get_by_label("Your answer")


def go(page: "Page", address: str) -> None:
    """Open a page whose script is there before anybody types."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("import('guildhall/drafts').then(() => null)")


def type_answer(page: "Page", question: Topic, text: str) -> None:
    go(page, question.get_absolute_url())
    answer_box(page).fill(text)


def wait_saved(page: "Page") -> None:
    expect(page.get_by_text("Draft saved at")).to_be_visible(timeout=4000)


def test_text_is_saved_restored_discarded_and_brought_back(
    browsing: Browsing, question: Topic, ben: User
) -> None:
    page = browsing.open(ben)
    type_answer(page, question, "Half an answer")
    wait_saved(page)
    page.close()
    page = browsing.open(ben)
    page.goto("/drafts")
    page.get_by_role("link", name=question.title).click()
    expect(answer_box(page)).to_have_value("Half an answer")
    expect(page.get_by_text("Restored from your draft")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(answer_box(page)).to_have_value("")
    assert not drafts_of(ben).exists()
    page.get_by_role("button", name="Undo").click()
    expect(answer_box(page)).to_have_value("Half an answer")
    answer_box(page).fill("An answer")
    page.get_by_role("button", name="Post answer").click()
    expect(page.get_by_role("article", name="Post 2 by Ben")).to_be_visible()
    expect(answer_box(page)).to_have_value("")
    assert not drafts_of(ben).exists()


def test_text_typed_without_connection_is_saved_later(
    browsing: Browsing, question: Topic, ben: User
) -> None:
    page = browsing.open(ben)
    go(page, question.get_absolute_url())
    page.context.set_offline(True)
    answer_box(page).fill("Typed in a tunnel")
    expect(page.get_by_text("A copy is kept in this browser.")).to_be_visible()
    page.wait_for_timeout(1500)
    assert not drafts_of(ben).exists()
    crashed, page = page, page.context.new_page()
    crashed.close(run_before_unload=False)
    page.context.set_offline(False)
    page.goto(question.get_absolute_url())
    expect(answer_box(page)).to_have_value("Typed in a tunnel")
    # The tab that crashed may have sent it with its last breath.
    expect(page.get_by_text(re.compile("Draft saved at|Restored from your draft"))).to_be_visible()
    assert drafts_of(ben).get().texts == {"source": "Typed in a tunnel"}
    browsing.complaints.clear()


def test_reply_goes_to_whom_was_chosen_after_the_typing(
    browsing: Browsing, space: Space, ada: User, ben: User
) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    make_reply(talk, by=ada)
    page = browsing.open(ben)
    go(page, talk.get_absolute_url())
    box = page.get_by_label("Your reply")
    box.fill("Typed first")
    page.get_by_role("article", name="Post 2 by").get_by_role("link", name="Reply").click()
    expect(box).to_have_value("Typed first")
    page.locator("#compose").get_by_role("button", name="Reply").click()
    expect(page.get_by_role("article", name="Post 3 by Ben")).to_be_visible()
    assert talk.posts.get(number=3).parent == talk.posts.get(number=2)


def test_title_is_kept_where_the_page_opened_with_it_in_focus(
    browsing: Browsing, space: Space, ada: User
) -> None:
    page = browsing.open(ada)
    page.goto("/ask")
    expect(page.get_by_label("What do you want to know?")).to_be_focused()
    page.keyboard.type("Why is it slow?")
    wait_saved(page)
    assert drafts_of(ada).get().texts["title"] == "Why is it slow?"


def test_second_tab_shows_both_texts(browsing: Browsing, question: Topic, ben: User) -> None:
    one = browsing.open(ben)
    other = one.context.new_page()
    for page in (one, other):
        go(page, question.get_absolute_url())
    answer_box(one).fill("From the first tab")
    wait_saved(one)
    answer_box(other).fill("From the second tab")
    there = other.get_by_label("The other text")
    expect(there).to_have_value("From the first tab")
    other.get_by_role("button", name="Swap the two texts").click()
    expect(answer_box(other)).to_have_value("From the first tab")
    expect(there).to_have_value("From the second tab")
    other.get_by_role("button", name="Swap the two texts").click()
    other.get_by_role("button", name="Keep the one in the form").click()
    wait_saved(other)
    assert drafts_of(ben).get().texts == {"source": "From the second tab"}


def test_vote_in_between_takes_nothing_away(browsing: Browsing, question: Topic, ben: User) -> None:
    page = browsing.open(ben)
    type_answer(page, question, "Half an answer")
    page.get_by_role("button", name="This question is useful").click()
    expect(page.get_by_role("button", name="This question is useful")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(answer_box(page)).to_have_value("Half an answer")
    answer_box(page).press_sequentially(" and more")
    wait_saved(page)
    assert drafts_of(ben).get().texts == {"source": "Half an answer and more"}


def test_new_topic_goes_on_with_title_space_and_tags(
    browsing: Browsing, question: Topic, ada: User
) -> None:
    page = browsing.open(ada)
    go(page, "/ask")
    page.get_by_label("What do you want to know?").fill("Why is it slow?")
    page.get_by_label("Space", exact=True).select_option("workshop")
    page.get_by_role("combobox", name="Tags").fill("vpn,")
    wait_saved(page)
    page.goto("/ask")
    expect(page.get_by_label("What do you want to know?")).to_have_value("Why is it slow?")
    expect(page.get_by_label("Space", exact=True)).to_have_value("workshop")
    expect(page.locator(".chip")).to_contain_text("vpn")


def test_copy_in_the_browser_goes_on_as_the_kind_that_was_asked_for(
    browsing: Browsing, space: Space, ada: User
) -> None:
    page = browsing.open(ada)
    go(page, "/ask")
    page.context.set_offline(True)
    page.get_by_label("What do you want to know?").fill("Cheaper phones")
    expect(page.get_by_text("A copy is kept in this browser.")).to_be_visible()
    crashed, page = page, page.context.new_page()
    crashed.close(run_before_unload=False)
    page.context.set_offline(False)
    page.goto("/ask?kind=discussion")
    expect(page.get_by_label("What is it about?")).to_have_value("Cheaper phones")
    expect(page.get_by_text(re.compile("Draft saved at|Restored from your draft"))).to_be_visible()
    expect(page.get_by_label("The other text")).to_have_count(0)
    expect(page.locator("[name=kind]")).to_have_value("discussion")
    browsing.complaints.clear()


def test_comment_is_saved_too(browsing: Browsing, question: Topic, ada: User, ben: User) -> None:
    answer = make_answer(question, by=ben)
    page = browsing.open(ada)
    page.goto(question.get_absolute_url())
    page.get_by_role("article", name="Post 2 by Ben").get_by_role("link", name="Comment").click()
    page.get_by_label("Your comment").fill("Does it")
    wait_saved(page)
    assert drafts_of(ada).get().place == f"comment:{answer.public_id}"
