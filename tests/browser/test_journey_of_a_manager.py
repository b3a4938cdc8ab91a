"""A closed space: letting in, inviting, naming moderators; pinning, closing, deleting."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from community.accounts.models import User
from community.spaces.models import Space, Visibility
from community.spaces.requests import request_to_join
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing
from tests.factories.community import make_space
from tests.factories.discussions import make_topic

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
both = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def books(mia: User, zed: User) -> Space:
    """A closed space of Mia's that Zed asks to join."""
    space = make_space("Books", owner=mia, visibility=Visibility.CLOSED, joining="request")
    request_to_join(space, by=zed, message="I keep books too.")
    return space


@both
def test_manager_opens_a_closed_space(
    browsing: Browsing, mia: User, zed: User, script: bool
) -> None:
    page = browsing.open(mia, script=script)
    page.goto("/spaces/new")
    page.get_by_label("Name", exact=True).fill("Ledgers")
    page.get_by_label("Closed: everybody sees").check()
    page.get_by_role("button", name="Open the space").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ledgers")
    stranger = browsing.open(zed, script=script)
    stranger.goto("/s/ledgers")
    stranger.get_by_label("Why do you want to join?").fill("I count.")
    stranger.get_by_role("button", name="Ask to join").click()
    expect(stranger.get_by_role("heading", name="You asked to join")).to_be_visible()


@both
def test_manager_lets_in_invites_and_names_a_moderator(
    browsing: Browsing, books: Space, mia: User, ben: User, zed: User, script: bool
) -> None:
    page = browsing.open(mia, script=script)
    page.goto("/s/books/members")
    page.get_by_role("button", name="Let Zed in").click()
    expect(page.get_by_text("Zed is a member now.")).to_be_visible()
    page.get_by_label("Handle or name").fill("ben")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("A place is kept for Ben.")).to_be_visible()
    page.get_by_role("link", name="Role of Zed").click()
    page.get_by_label("Moderator:").check()
    page.get_by_role("button", name="Save the role").click()
    expect(page.get_by_role("listitem").filter(has_text="Zed").last).to_contain_text("Moderator")
    guest = browsing.open(ben, script=script)
    guest.goto("/s/books")
    guest.get_by_role("button", name="Join").click()
    expect(guest.get_by_role("button", name="Joined")).to_be_visible()


@both
def test_manager_pins_and_closes(
    browsing: Browsing, question: Topic, mia: User, script: bool
) -> None:
    page = browsing.open(mia, script=script)
    page.goto(question.get_absolute_url())
    look_after(page, "Pin")
    page.get_by_label("Until the end of").fill(f"{timezone.now() + timedelta(days=3):%Y-%m-%d}")
    page.get_by_role("button", name="Pin it").click()
    expect(page.get_by_text(re.compile("Pinned until"))).to_be_visible()
    look_after(page, "Close")
    page.get_by_label("Why?").fill("It was the weather")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("It was the weather")).to_be_visible()
    expect(page.get_by_text("Closed", exact=True)).to_be_visible()


def look_after(page: "Page", verb: str) -> None:
    page.get_by_role("button", name="Look after this topic").click()
    page.get_by_role("link", name=verb, exact=True).click()


@both
def test_manager_deletes_and_restores(
    browsing: Browsing, space: Space, ada: User, mia: User, script: bool
) -> None:
    topic = make_topic(space, by=ada, title="Is this thing on?")
    page = browsing.open(mia, script=script)
    page.goto(topic.get_absolute_url())
    page.get_by_role("article").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("The topic is deleted.")).to_be_visible()
    expect(page.get_by_role("link", name=topic.title)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name=topic.title)).to_be_visible()
    page.get_by_role("article").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("The topic is deleted.")).to_be_visible()
    page.goto(topic.get_absolute_url())
    page.get_by_role("button", name="Bring it back").first.click()
    expect(page.get_by_text("This topic is deleted.")).to_have_count(0)
