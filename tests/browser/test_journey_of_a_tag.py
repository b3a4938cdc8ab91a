"""Tidying tags, a synonym met while typing, and a filtered list that is passed on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Space
from tests.browser.browsing import Browsing
from tests.browser.walking import expect_heading, turn_to, wide_and_narrow
from tests.factories.discussions import make_answer, make_topic

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


@wide_and_narrow
def test_tag_gets_a_synonym_is_merged_and_renamed(
    browsing: Browsing,
    handle_events: Callable[[], None],
    space: Space,
    mia: User,
    ben: User,
    size: "ViewportSize",
) -> None:
    grant_capability(mia, Capability.TAGS, by=None)
    for title, tag in (("Why does it drop?", "vpn"), ("Which port is it?", "tunnel")):
        make_topic(space, by=ben, title=title, tags=[tag])
    handle_events()
    page = browsing.open(mia, size=size)
    page.goto("/")
    turn_to_names(page, "vpn")
    page.get_by_label("One more synonym").fill("private-network")
    page.get_by_role("button", name="Add the synonym").click()
    expect(page.locator("[data-row]")).to_contain_text("private-network")

    turn_to_names(page, "tunnel")
    page.get_by_role("link", name="Merge it into another tag").click()
    page.get_by_label("The tag that stays").fill("vpn")
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_role("heading", name="tunnel becomes vpn")).to_be_visible()
    expect(page.get_by_text("1 topic that you can read gets the tag vpn.")).to_be_visible()
    expect_heading(page, "Merge tunnel into another tag")
    page.get_by_role("button", name="Merge them").click()
    expect(page.locator("main a.title")).to_have_count(2)

    page.get_by_role("link", name="Names, and who uses it").click()
    page.get_by_label("Main name").fill("remote-access")
    page.get_by_role("button", name="Rename it").click()
    expect_heading(page, "Names of remote-access, and who uses it")
    expect(page.locator("[data-row]")).to_have_count(3)
    meet_the_synonym(browsing.open(ben, size=size))


def turn_to_names(page: "Page", tag: str) -> None:
    turn_to(page, "Tags")
    page.get_by_role("link", name=tag, exact=True).click()
    page.get_by_role("link", name="Names, and who uses it").click()


def meet_the_synonym(page: "Page") -> None:
    page.goto("/")
    page.get_by_role("link", name="Ask a question").first.click()
    tags = page.get_by_role("combobox", name="Tags")
    tags.press_sequentially("private-net")
    expect(page.locator(".suggestions li")).to_contain_text("private-network → remote-access")
    tags.fill("tunnel,")
    expect(page.locator(".chip")).to_contain_text("remote-access")
    said = page.get_by_text("“tunnel” is a synonym: the tag is “remote-access”.")
    expect(said).to_be_visible()


@wide_and_narrow
def test_filtered_list_is_passed_on_by_its_address(
    browsing: Browsing, space: Space, ada: User, ben: User, zed: User, size: "ViewportSize"
) -> None:
    make_answer(make_topic(space, by=ada, title="Why does it drop?"), by=ben)
    make_topic(space, by=ada, title="Which port is it?")
    make_topic(space, by=ben, title="Who has a key?")
    page = browsing.open(ben, size=size)
    page.goto("/")
    turn_to(page, "Questions")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("State").select_option(label="Unanswered")
    page.get_by_label("Tag", exact=True).fill("vpn")
    page.get_by_label("Started by (handle)").fill("ada")
    page.get_by_role("button", name="Show", exact=True).click()
    titles = page.locator("main a.title")
    expect(titles).to_have_text(["Which port is it?"])
    expect_heading(page, "Questions")

    other = browsing.open(zed, size=size)
    other.goto(page.url)
    expect(other.locator("main a.title")).to_have_text(["Which port is it?"])
    other.get_by_role("link", name="Take away Started by (handle)").click()
    expect(other.locator("main a.title")).to_have_text(["Who has a key?", "Which port is it?"])
    other.get_by_role("link", name="Show all").click()
    expect(other.locator("main a.title")).to_have_count(3)
