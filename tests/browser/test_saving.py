"""Saving a post and following its author, by buttons that know what was pressed before."""

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.following.queries import followed_by
from discussions.saved.queries import saved_of
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
both = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])


def test_button_shows_what_is_saved(browsing: Browsing, question: Topic, ben: User) -> None:
    page = browsing.open(ben)
    page.goto(question.get_absolute_url())
    button = page.get_by_role("button", name="Save this post")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert not saved_of(ben).exists()


@both
def test_saved_post_is_noted_done_removed_and_brought_back(
    browsing: Browsing, question: Topic, ben: User, script: bool
) -> None:
    page = browsing.open(ben, script=script)
    page.goto(question.get_absolute_url())
    page.get_by_role("button", name="Save this post").click()
    expect(page.get_by_text("Saved. Add a note")).to_be_visible()
    page.goto("/saved")
    page.get_by_role("link", name="Note and reminder").click()
    page.get_by_label("Note").fill("Try it at home")
    page.get_by_label("Remind me on").fill("2031-01-31T09:00")
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("listitem").filter(has_text="Try it at home")
    expect(row).to_contain_text("Reminder on Fri 31 Jan 2031, 09:00")
    row.get_by_role("button", name="Done").click()
    expect(row.get_by_role("button", name="Not done")).to_be_visible()
    row.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Nothing saved yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()


@both
def test_profile_follows_and_today_shows(
    browsing: Browsing, question: Topic, ada: User, zed: User, script: bool
) -> None:
    page = browsing.open(zed, script=script)
    page.goto("/p/ada")
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_text("1 follower")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", name="From people you follow")).to_be_visible()
    page.get_by_role("link", name="All of it").click()
    expect(page.locator("a.title")).to_have_text([question.title])
    page.goto("/following")
    page.get_by_role("button", name="Following Ada").click()
    expect(page.get_by_text("You follow nobody yet")).to_be_visible()
    assert not followed_by(zed).exists()
