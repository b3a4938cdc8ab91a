"""People from a table, a field that everybody is asked for, an audience, and a new handle."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.roles.actions import grant_capability
from community.roles.models import Capability
from tests.browser.browsing import Browsing
from tests.browser.walking import (
    csv_file,
    expect_heading,
    look_again,
    turn_to,
    turn_to_own,
    wide_and_narrow,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
TABLE = """email,name,unit,title
ada@example.com,Ada,Firm / Sales,Lead
not an address,Kim Oda,Firm / Sales,Seller
ida@example.com,Ida Noor,Firm / Sales,Seller
"""


@wide_and_narrow
def test_people_are_imported_asked_and_gathered(
    browsing: Browsing, mia: User, ada: User, size: "ViewportSize"
) -> None:
    grant_capability(mia, Capability.PEOPLE, by=None)
    page = browsing.open(mia, size=size)
    page.goto("/")
    import_people(page)
    ask_for_site(page)
    make_audience(page)

    own = browsing.open(ada, size=size)
    own.goto("/")
    turn_to_own(own, "Settings")
    own.get_by_role("link", name="More", exact=True).click()
    own.get_by_label("Site").fill("Gdynia")
    own.get_by_role("button", name="Save").click()
    own.get_by_role("link", name="Profile", exact=True).click()
    own.get_by_label("Handle").fill("ada-b")
    own.get_by_role("button", name="Change the handle").click()
    expect(own.get_by_label("Handle")).to_have_value("ada-b")

    page.goto("/p/ada")
    expect(page).to_have_url(f"{browsing.site}/p/ada-b")
    expect(page.get_by_role("main")).to_contain_text("Gdynia")
    expect_heading(page, "Ada")


def import_people(page: "Page") -> None:
    turn_to(page, "People and rights")
    page.get_by_role("link", name="Import people").click()
    page.get_by_label("CSV file").set_input_files(csv_file(TABLE))
    page.get_by_role("button", name="Compare the file").click()
    look_again(page)
    expect(
        page.get_by_role("region", name="1 thing to mend").get_by_role("cell").first
    ).to_have_text("3")
    expect(page.get_by_text("1 new person. 1 change. The table has 3 rows.")).to_be_visible()
    expect(page.get_by_text("Firm / Sales").first).to_be_visible()
    expect_heading(page, "Import people")
    page.get_by_role("button", name="Carry it out").click()
    look_again(page)
    expect(page.get_by_text("1 new person. 1 change.")).to_be_visible()
    page.get_by_role("link", name="See the people").click()
    expect(page.get_by_role("listitem").filter(has_text="Ida Noor")).to_contain_text("Seller")


def ask_for_site(page: "Page") -> None:
    turn_to(page, "People and rights")
    page.get_by_role("link", name="Profile fields").click()
    page.get_by_role("link", name="Ask for something").first.click()
    page.get_by_label("What is asked for").fill("Site")
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_role("listitem").filter(has_text="Site")).to_contain_text("seen by:")
    expect_heading(page, "Profile fields")


def make_audience(page: "Page") -> None:
    turn_to(page, "People and rights")
    page.get_by_role("link", name="Audiences").click()
    page.get_by_role("link", name="Make an audience").first.click()
    page.get_by_label("Name", exact=True).fill("Who sells")
    page.get_by_label("Sales").check()
    page.get_by_role("button", name="Make the audience").click()
    expect_heading(page, "Who sells")
    expect(page.get_by_text("2 people today")).to_be_visible()
    expect(page.locator("[data-row]").filter(has_text="Ida Noor")).to_be_visible()
