"""Two people look at one topic: what one does, the other sees without loading the page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.membership import leave_space
from community.spaces.models import Space
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing
from tests.browser.serving import served
from tests.factories.community import add_member
from tests.factories.discussions import make_answer, make_topic

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium"), pytest.mark.slow]


@pytest.fixture
def browsing(browser: "Browser", transactional_db: None) -> Iterator[Browsing]:
    with served() as address:
        made = Browsing(browser, address)
        yield made
        made.close()
        assert made.complaints == []


def opened(browsing: Browsing, person: User, what: Topic | Space) -> "Page":
    """Person's page of what, which has its socket."""
    page = browsing.open(person)
    heard: list[str] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: heard.append(str(data))))
    page.goto(what.get_absolute_url())
    # A mark that a page which is loaded again no longer has.
    page.evaluate("window.isTheSame = true")
    for _round in range(400):
        if any("subscribed" in frame for frame in heard):
            return page
        page.wait_for_timeout(25)
    raise AssertionError(f"The socket says {heard}.")


def seen(place: "Locator", text: str) -> None:
    place.filter(has_text=text).first.wait_for()


def html_of(page: "Page") -> str:
    """The posts of page as they stand, without what only this reader's stay left there."""
    return str(
        page.evaluate(
            """() => {
              const main = document.getElementById("main").cloneNode(true);
              const own = "[data-new], #compose, #where > :has(#mark-read)";
              for (const mark of main.querySelectorAll(own)) mark.remove();
              for (const time of main.querySelectorAll("time")) time.textContent = "";
              // Attributes have no order.
              for (const element of main.querySelectorAll("*")) {
                const all = [...element.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
                for (const { name } of all) element.removeAttribute(name);
                for (const { name, value } of all) element.setAttribute(name, value);
              }
              return main.innerHTML.replace(/\\s+/g, " ").replace(/> ?</g, ">\\n<");
            }"""
        )
    )


def same_as_fresh(page: "Page") -> None:
    """State and events are the page as the server makes it now."""
    assert page.evaluate("window.isTheSame")
    before = html_of(page)
    page.reload()
    assert html_of(page).split("\n") == before.split("\n")


def test_answers_comments_edits_and_votes_show_while_somebody_types(
    browsing: Browsing, question: Topic, ada: User, ben: User, zed: User
) -> None:
    reads, writes, looks = (opened(browsing, one, question) for one in (ada, ben, zed))
    reads.fill("#id_source", "Half a thought")
    writes.fill("#id_source", "Try the other port.")
    writes.get_by_role("button", name="Post answer").click()
    seen(reads.locator("#answers #p2"), "Try the other port.")
    seen(reads.locator("#answers-head"), "1 answer")

    reads.locator("#p2").get_by_role("link", name="Comment").click()
    reads.locator("#write-2 textarea").fill("Half a comment")
    writes.locator("#p1").get_by_role("link", name="Comment").click()
    writes.locator("#write-1 textarea").fill("Which port is it?")
    writes.locator("#write-1").get_by_role("button", name="Comment").click()
    seen(reads.locator("#p1 .comments"), "Which port is it?")

    other = browsing.open(ben)
    other.goto(writes.url)
    other.locator("#p2").get_by_role("link", name="Edit").click()
    other.get_by_label("Text").fill("Try port 500.")
    other.get_by_role("button", name="Save").click()
    seen(reads.locator("#p2 .prose").first, "Try port 500.")
    assert reads.input_value("#id_source") == "Half a thought"
    assert reads.locator("#write-2 textarea").input_value() == "Half a comment"

    reads.locator("#p2").get_by_role("button", name="This answer is useful").click()
    seen(looks.locator("#p2 .votes b"), "1")
    same_as_fresh(looks)


def test_accepted_answer_moves_up_and_back_and_a_deleted_one_goes(
    browsing: Browsing, question: Topic, ada: User, ben: User, mia: User
) -> None:
    for source in ("The first.", "The second.", "The third."):
        make_answer(question, by=ben, source=source)
    asks, reads, looks_after = (opened(browsing, one, question) for one in (ada, ben, mia))

    asks.locator("#p3").get_by_role("button", name="Accept").click()
    seen(reads.locator("#best #p3"), "The second.")
    seen(reads.locator("#answers-head"), "2 more answers")
    assert reads.locator("#p3").count() == 1
    same_as_fresh(reads)

    reads = opened(browsing, ben, question)
    asks.locator("#p3").get_by_role("button", name="Not the solution").click()
    seen(reads.locator("#answers #p3"), "The second.")
    assert not reads.locator("#best").is_visible()
    same_as_fresh(reads)

    reads = opened(browsing, ada, question)
    looks_after.locator("#p4").get_by_role("button", name="Delete").click()
    reads.locator("#p4").wait_for(state="detached")
    seen(reads.locator("#answers-head"), "2 answers")
    same_as_fresh(reads)
    seen(looks_after.locator("#p4"), "Deleted")
    looks_after.locator("#p4").get_by_role("button", name="Bring it back").click()
    seen(reads.locator("#answers #p4"), "The third.")


def test_replies_show_in_order_and_a_closed_topic_says_so(
    browsing: Browsing, space: Space, ada: User, ben: User, mia: User, zed: User
) -> None:
    topic = make_topic(space, by=ada, kind="discussion")
    reads, writes, looks = (opened(browsing, one, topic) for one in (ada, ben, zed))
    looks_after = opened(browsing, mia, topic)
    reads.fill("#id_source", "Not yet said")
    for text in ("One.", "Two."):
        writes.fill("#id_source", text)
        writes.get_by_role("button", name="Reply", exact=True).last.click()
        seen(reads.locator("#replies > article").last, text)
    looks_after.get_by_role("button", name="Look after this topic").click()
    looks_after.get_by_role("link", name="Close").click()
    looks_after.locator("[name=reason]").fill("It is said.")
    looks_after.get_by_role("button", name="Close").last.click()

    seen(reads.locator(".event"), "It is said.")
    assert reads.input_value("#id_source") == "Not yet said"
    seen(looks.locator(".event"), "It is said.")
    same_as_fresh(looks)


def test_list_of_a_space_says_what_came_and_stays_as_it_is(
    browsing: Browsing, space: Space, question: Topic, ada: User, ben: User
) -> None:
    reads = opened(browsing, ada, space)
    for number in (1, 2):
        make_topic(space, by=ben, title=f"Something new {number}")
        seen(reads.get_by_role("status"), f"New topics: {number}")
    assert reads.get_by_text("Something new").count() == 0
    reads.get_by_role("link", name="New topics: 2").click()
    seen(reads.locator(".topics"), "Something new 2")


def test_who_was_offline_catches_up(
    browsing: Browsing, question: Topic, ada: User, ben: User
) -> None:
    reads = opened(browsing, ada, question)
    reads.context.set_offline(True)
    seen(reads.locator("#live-off"), "No connection")
    make_answer(question, by=ben, source="Written meanwhile.")
    reads.context.set_offline(False)

    seen(reads.locator("#answers #p2"), "Written meanwhile.")
    reads.locator("#live-off").wait_for(state="hidden")
    assert [one for one in browsing.complaints if "DISCONNECTED" not in one] == []
    browsing.complaints.clear()
    same_as_fresh(reads)


def test_who_leaves_a_space_hears_no_more_of_it(
    browsing: Browsing, closed: Space, ada: User, mia: User
) -> None:
    add_member(closed, ada, actor=mia)
    topic = make_topic(closed, by=mia)
    reads = opened(browsing, ada, topic)
    leave_space(closed, by=ada)
    make_answer(topic, by=mia, source="Among ourselves.")

    seen(reads.locator("#live-gone"), "can't be read any more")
    assert reads.get_by_text("Among ourselves.").count() == 0
    assert browsing.complaints == [f"404: {topic.get_absolute_url()}"]
    browsing.complaints.clear()


def test_who_signs_out_elsewhere_is_told(
    browsing: Browsing, question: Topic, ada: User, ben: User, client: Client
) -> None:
    reads = opened(browsing, ada, question)
    ada.sessions.all().delete()
    seen(reads.locator("#live-out"), "You are signed out here.")
    make_answer(question, by=ben, source="For those who are here.")
    reads.wait_for_timeout(1000)
    assert reads.get_by_text("For those who are here.").count() == 0
