"""What counts as read when it was looked at, what stands out as new, and what a press says."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.spaces.models import Space
from discussions.reading.actions import read_topic
from discussions.reading.models import TopicReading
from discussions.topics.models import Kind, Topic
from tests.browser.browsing import Browsing
from tests.browser.walking import expect_heading, turn_to, wide_and_narrow
from tests.factories.community import add_member
from tests.factories.discussions import make_answer, make_reply, make_topic

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
LONG = "\n\n".join(["It goes on and on."] * 30)
# Observers are told in their order, so those of the page have been told before this one.
LOOKED = "() => new Promise(done => new IntersectionObserver(done).observe(document.body))"


@pytest.fixture
def talk(space: Space, ada: User, ben: User) -> Topic:
    """A discussion whose opening Ben has read; the first of three replies fills his screen."""
    add_member(space, ben, actor=ben)
    topic = make_topic(space, by=ada, kind=Kind.DISCUSSION, title="Where shall we meet?")
    for source in (LONG, "At yours.", "At noon."):
        make_reply(topic, by=ada, source=source)
    topic.refresh_from_db()
    read_topic(topic, by=ben, number=1)
    return topic


@wide_and_narrow
def test_post_is_read_after_a_second_in_view(
    browsing: Browsing, talk: Topic, ben: User, size: "ViewportSize"
) -> None:
    page = browsing.open(ben, size=size)
    told: list[str | None] = []
    page.on("request", lambda sent: told.append(sent.post_data) if tells(sent.url) else None)
    page.clock.install()
    turn_to_talk(page, "3 new")
    expect(page.locator(".unread-line + .post")).to_have_attribute("data-post", "2")
    look(page, milliseconds=900)
    turn_to(page, "Discussions")
    expect_heading(page, "Discussions")
    assert (mark_of(ben), told) == (1, [])

    turn_to_talk(page, "3 new")
    look(page, milliseconds=1000)
    look(page, milliseconds=4900)
    assert told == []
    with page.expect_request_finished(lambda sent: tells(sent.url)):
        look(page, milliseconds=200)
    assert (mark_of(ben), len(told)) == (2, 1)

    page.get_by_role("article", name="Post 4 by").scroll_into_view_if_needed()
    look(page, milliseconds=1000)
    turn_to(page, "Discussions")
    wait_for_mark(page, ben, 4)
    page.clock.resume()
    page.reload()
    expect(page.get_by_role("listitem").filter(has_text=talk.title)).not_to_contain_text("new")
    page.get_by_role("link", name=talk.title).click()
    expect_heading(page, talk.title)
    expect(page.locator(".unread-line")).to_have_count(0)


def turn_to_talk(page: "Page", badge: str) -> None:
    """From the list to the talk, and let the time stand still."""
    if page.url == "about:blank":
        page.goto("/discussions")
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 10"))
    page.get_by_role("link", name=badge).click()
    page.locator(".unread-line").wait_for()


def look(page: "Page", *, milliseconds: int) -> None:
    page.evaluate(LOOKED)
    page.clock.run_for(milliseconds)


def tells(url: str) -> bool:
    return url.endswith("/reading")


def mark_of(person: User) -> int:
    return TopicReading.objects.get(person=person).highest_number


def wait_for_mark(page: "Page", person: User, number: int) -> None:
    """What is sent while a page is left arrives when the next one is open."""
    for _ in range(50):
        if mark_of(person) == number:
            return
        page.wait_for_timeout(100)
    assert mark_of(person) == number


@wide_and_narrow
def test_new_answers_stand_out_and_presses_mark_them(
    browsing: Browsing, question: Topic, space: Space, ada: User, ben: User, size: "ViewportSize"
) -> None:
    add_member(space, ben, actor=ben)
    for _ in range(2):
        make_answer(question, by=ada, source=LONG)
    question.refresh_from_db()
    read_topic(question, by=ben, number=1)
    other = make_topic(space, by=ada, title="Which port is it?")
    page = browsing.open(ben, size=size)
    page.goto("/")
    turn_to(page, "Questions")
    row = page.get_by_role("listitem").filter(has_text=question.title)
    row.get_by_role("link", name=question.title).click()
    expect(page.locator(".post [data-new]")).to_have_text(["new", "new"])

    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_role("button", name="Mark as read")).to_have_count(0)
    expect(page.locator(".post [data-new]")).to_have_count(0)
    page.get_by_role("article", name="Post 3 by").get_by_role("button", name="Mark unread").click()
    said = page.get_by_role("status")
    expect(said).to_contain_text("From that post on, this is unread again.")
    expect(page.locator(".post [data-new]")).to_have_text(["new"])
    said.get_by_role("button", name="Close").click()
    expect(said).not_to_contain_text("unread")

    turn_to(page, "Questions")
    expect(row.get_by_role("link", name="1 new")).to_be_visible()
    page.get_by_role("link", name="Unread", exact=True).click()
    page.get_by_role("button", name=f"Mark as read: {question.title}").click()
    expect(row).to_have_count(0)
    expect(page.locator("main a.title")).to_have_text([other.title])
    page.get_by_role("button", name="Mark all as read").click()
    page.get_by_role("dialog").get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("You have read everything in your spaces.")).to_be_visible()
    expect_heading(page, "Questions")
