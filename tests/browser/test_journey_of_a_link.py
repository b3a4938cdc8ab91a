"""A page elsewhere is shared, found again, used, rated and filtered for; following what is kept."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from community.accounts.models import User
from community.spaces.models import Space
from learning.collections.items import add_item
from tests.browser.browsing import Browsing
from tests.browser.walking import expect_heading, turn_to, wide_and_narrow
from tests.community.invitations.letters import deliver
from tests.discussions.resources.sites import PAGE, running_site
from tests.factories.discussions import make_link
from tests.factories.files import picture_bytes
from tests.factories.learning import make_collection

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


@pytest.fixture
def guide(settings: Settings) -> Iterator[str]:
    """The address of a page that tells its title and what it is about."""
    answers = {
        "/guide": (200, "text/html; charset=utf-8", PAGE),
        "/picture.png": (200, "image/png", picture_bytes()),
    }
    with running_site(answers) as host:
        settings.OUTGOING_HOSTS = [host]
        yield f"http://{host}/guide"


@wide_and_narrow
def test_link_is_shared_found_used_and_rated(
    browsing: Browsing, guide: str, space: Space, ada: User, ben: User, size: "ViewportSize"
) -> None:
    make_link(space, by=ada, title="Nobody rated this", tags=["vpn"])
    page = browsing.open(ada, size=size)
    page.goto("/")
    share(page, guide)
    page.get_by_label("What is it good for?").fill("Read it before you dig.")
    page.get_by_label("Space", exact=True).select_option("workshop")
    page.get_by_role("combobox", name="Tags").fill("vpn,")
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_role("region", name="The page that is shared")).to_be_visible()
    deliver()
    page.reload()
    expect_heading(page, "Tunnels & more")
    expect(page.get_by_text("How they are dug.")).to_be_visible()

    reader = browsing.open(ben, size=size)
    reader.goto("/")
    share(reader, guide)
    reader.locator("#known").get_by_role("link", name="Tunnels & more").click()
    reader.get_by_role("button", name="I used it").click()
    expect(reader.get_by_text("1 person used it.")).to_be_visible()
    reader.get_by_role("link", name="Rate it").click()
    reader.get_by_label("Your stars").select_option("4")
    reader.get_by_label("Why, in a sentence").fill("The third part is new.")
    reader.get_by_role("button", name="Rate it").click()
    expect(reader.get_by_text("You gave 4 of 5. The third part is new.")).to_be_visible()
    expect_heading(reader, "Tunnels & more")
    filter_the_library(reader)


def share(page: "Page", address: str) -> None:
    turn_to(page, "Library")
    page.get_by_role("link", name="Share something").click()
    page.get_by_label("Address of the page").fill(address)


def filter_the_library(page: "Page") -> None:
    turn_to(page, "Library")
    page.get_by_role("link", name="Links", exact=True).click()
    titles = page.locator("main .shelf .title")
    expect(titles).to_have_text(["Tunnels & more", "Nobody rated this"])
    page.get_by_text("Filter and order").click()
    page.get_by_label("Tag", exact=True).fill("vpn")
    page.get_by_label("Order", exact=True).select_option(label="Most used")
    page.get_by_label("Words in the title").fill("tunnels")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(titles).to_have_text(["Tunnels & more"])
    expect(page.locator("main .shelf")).to_contain_text("4.0 of 5 from 1 person")
    expect_heading(page, "Library")


@wide_and_narrow
def test_follower_of_a_collection_sees_what_comes_in(
    browsing: Browsing, space: Space, ada: User, ben: User, size: "ViewportSize"
) -> None:
    first, _second = (make_link(space, by=ada, title=title) for title in ("Read one", "Read two"))
    kept = make_collection(by=ada, title="For the first week")
    add_item(kept, first, by=ada, why="It comes first.")
    follower = browsing.open(ben, size=size)
    follower.goto("/")
    turn_to_collections(follower)
    follower.get_by_role("link", name=kept.title).click()
    follower.get_by_role("button", name="Follow", exact=True).click()
    expect(follower.get_by_role("button", name="Following")).to_be_visible()

    page = browsing.open(ada, size=size)
    page.goto("/")
    turn_to_collections(page)
    page.get_by_role("link", name=kept.title).click()
    add(page, "Read two")
    page.get_by_role("button", name="Move “Read two” up").click()
    expect(page.locator("ol .title")).to_have_text(["Read two", "Read one"])

    turn_to_collections(follower)
    expect(follower.locator(".shelf")).to_contain_text("1 new")
    follower.get_by_role("link", name=kept.title).click()
    expect(follower.locator("ol .shelf").first).to_contain_text("New")
    follower.get_by_role("button", name="Mark as seen").click()
    expect(follower.get_by_text("1 resource is new to you.")).to_have_count(0)
    expect_heading(follower, kept.title)


def turn_to_collections(page: "Page") -> None:
    turn_to(page, "Library")
    page.get_by_role("link", name="Collections").click()


def add(page: "Page", title: str) -> None:
    """Find a resource in the Library, and say why it belongs in the collection that is shown."""
    page.get_by_role("link", name="Add a resource").first.click()
    page.get_by_label("Words in the title").fill(title)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=title).click()
    page.get_by_label("Why it belongs here").fill("It comes first.")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("ol .title").filter(has_text=title)).to_be_visible()
