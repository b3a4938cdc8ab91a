"""Who comes in to a space and who reads it; moving, archiving, and handing it over."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.spaces.models import Space, Visibility
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing
from tests.browser.walking import expect_heading, turn_to, wide_and_narrow
from tests.factories.community import make_guest, make_space

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


@pytest.fixture
def books(mia: User, ada: User) -> Space:
    """A closed space of Mia's, where whoever asks is let in; Ada is a member."""
    return make_space(
        "Books", owner=mia, members=(ada,), visibility=Visibility.CLOSED, joining="request"
    )


@wide_and_narrow
def test_owner_answers_requests_and_opens_the_space(
    browsing: Browsing, books: Space, mia: User, ben: User, zed: User, size: "ViewportSize"
) -> None:
    stranger = browsing.open(zed, size=size)
    ask_to_join(stranger, "I count.")
    page = browsing.open(mia, size=size)
    page.goto("/")
    answer(page, "Which books?", "Decline")
    turn_to(stranger, "Spaces")
    stranger.get_by_role("link", name="Books", exact=True).first.click()
    expect(stranger.get_by_role("heading", name="Your request was declined")).to_be_visible()
    expect(stranger.get_by_text("Which books?")).to_be_visible()
    ask_again(stranger, "Those of the year.")
    answer(page, "Welcome.", "Let in")
    expect(page.get_by_role("link", name="Role of Zed")).to_be_visible()
    turn_to(stranger, "Spaces")
    expect(stranger.get_by_role("region", name="You asked to join")).to_contain_text("Welcome.")

    page.get_by_role("link", name="Settings", exact=True).click()
    page.get_by_role("link", name="Change who may read it").click()
    page.get_by_label("Open", exact=False).check()
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("1 person gains sight of what is in it.")).to_be_visible()
    expect(page.locator("[data-row]")).to_contain_text("Ben")
    page.get_by_role("button", name="Open it to everybody").click()
    expect(page.get_by_text("open to everyone in the company")).to_be_visible()
    expect_heading(page, "Books")


def ask_to_join(page: "Page", message: str) -> None:
    page.goto("/")
    turn_to(page, "Spaces")
    page.get_by_role("link", name="Books", exact=True).first.click()
    ask_again(page, message)


def ask_again(page: "Page", message: str) -> None:
    page.get_by_label("Why do you want to join?").fill(message)
    page.get_by_role("button", name="Ask to join").click()
    expect(page.get_by_role("heading", name="You asked to join")).to_be_visible()


def answer(page: "Page", word: str, verb: str) -> None:
    turn_to(page, "Books")
    page.get_by_role("link", name="Members").click()
    page.get_by_role("link", name="Answer Zed").click()
    page.get_by_label("A word to them").fill(word)
    page.get_by_role("button", name=verb).click()
    expect(page.get_by_role("heading", name="They ask to join")).to_have_count(0)


@wide_and_narrow
def test_owner_invites_a_guest_who_sees_that_space_only(
    browsing: Browsing, books: Space, space: Space, mia: User, size: "ViewportSize"
) -> None:
    page = browsing.open(mia, size=size)
    page.goto("/")
    turn_to(page, "Books")
    page.get_by_role("link", name="Members").click()
    guest = browsing.open(make_guest("Gil"), size=size)
    page.get_by_label("Handle or name").fill("gil")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="Gil")).to_contain_text("Guest")

    guest.goto("/")
    guest.get_by_role("link", name="Books", exact=True).first.click()
    guest.get_by_role("button", name="Join", exact=True).click()
    guest.get_by_role("link", name="Members").click()
    expect(guest.locator("[data-row]").filter(has_text="Gil")).to_contain_text("Guest")
    turn_to(guest, "Spaces")
    expect(guest.locator("main")).to_contain_text("Books")
    expect(guest.locator("main")).not_to_contain_text("Workshop")
    expect_heading(guest, "Spaces")


@wide_and_narrow
def test_owner_moves_a_topic_archives_and_hands_over(
    browsing: Browsing,
    books: Space,
    question: Topic,
    mia: User,
    zed: User,
    size: "ViewportSize",
) -> None:
    page = browsing.open(mia, size=size)
    page.goto("/")
    turn_to(page, "Questions")
    page.get_by_role("link", name=question.title).click()
    move(page, to="Books")
    expect(page.get_by_text(re.compile("Mia moved this here"))).to_be_visible()

    turn_to(page, "Books")
    page.get_by_role("link", name="Settings", exact=True).click()
    page.get_by_role("link", name="Archive the space").click()
    page.get_by_role("button", name="Archive the space").click()
    expect(page.get_by_text("Everything here can be read, and nothing is added.")).to_be_visible()
    page.get_by_role("link", name="Settings", exact=True).click()
    page.get_by_role("button", name="Take it out of the archive").click()
    expect(page.get_by_text("nothing is added")).to_have_count(0)

    page.get_by_role("link", name="Settings", exact=True).click()
    page.get_by_role("link", name="Hand it over").first.click()
    page.get_by_label("Handle of the new owner").fill("ada")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.locator("main").get_by_role("link", name="Settings", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Members").click()
    expect(page.locator("[data-row]").filter(has_text="Ada")).to_contain_text("Owner")
    expect_heading(page, "Books")


def move(page: "Page", *, to: str) -> None:
    page.get_by_role("button", name="Look after this topic").click()
    page.get_by_role("link", name="Move", exact=True).click()
    page.get_by_label("To which space?").select_option(label=to)
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("1 person loses sight of it.")).to_be_visible()
    page.get_by_role("link", name="Lose sight").click()
    expect(page.locator("[data-row]")).to_contain_text("Zed")
    expect_heading(page, "Move this topic")
    page.get_by_role("button", name="Move it").click()
