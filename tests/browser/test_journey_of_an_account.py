"""What one says of oneself, another address, and an account that is switched off and on."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from playwright.sync_api import expect

from community.accounts.models import User
from community.accounts.times import today
from community.roles.actions import grant_capability
from community.roles.models import Capability
from tests.browser.browsing import Browsing
from tests.browser.walking import expect_heading, turn_to, turn_to_own, wide_and_narrow
from tests.community.invitations.letters import deliver
from tests.factories.community import PASSWORD, make_job, make_unit

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

pytestmark = [
    pytest.mark.browser,
    pytest.mark.service("chromium"),
    pytest.mark.usefixtures("transactional_db", "fresh_limits"),
]


@wide_and_narrow
def test_person_says_when_they_are_away_and_who_covers(
    browsing: Browsing, ada: User, ben: User, size: "ViewportSize"
) -> None:
    make_job(ada, make_unit("Finance"), title="Accountant")
    page = browsing.open(ada, size=size)
    page.goto("/")
    turn_to_own(page, "Settings")
    page.get_by_role("link", name="At work", exact=True).click()
    page.get_by_label("Pronouns").fill("she/her")
    page.get_by_label("Monday").fill("9 to 5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write the hours as 9:00-17:30")).to_be_visible()
    expect(page.get_by_label("Pronouns")).to_have_value("she/her")
    page.get_by_label("Monday").fill("9-17")
    page.get_by_label("Away until").fill(str(today() + timedelta(days=3)))
    page.get_by_label("Who stands in").fill("ben")
    page.get_by_role("button", name="Save").click()

    other = browsing.open(ben, size=size)
    other.goto("/")
    turn_to(other, "People")
    other.get_by_role("link", name="Org chart").click()
    expect_heading(other, "Org chart")
    other.get_by_role("main").get_by_role("link", name="Ada").first.click()
    expect_heading(other, ada.name)
    profile = other.get_by_role("main")
    for words in ("she/her", "Away until", "covers", "Accountant"):
        expect(profile).to_contain_text(words)


@wide_and_narrow
def test_address_changes_once_both_have_confirmed(
    browsing: Browsing, ada: User, size: "ViewportSize"
) -> None:
    before = str(ada.email)
    ada.set_password(PASSWORD)
    ada.save()
    page = browsing.open(ada, size=size)
    page.goto("/")
    turn_to_own(page, "Settings")
    page.get_by_role("link", name="Account", exact=True).click()
    page.get_by_role("link", name="Change the address").click()
    expect_heading(page, "Is it you?")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("New work mail").fill("ada@new.example")
    page.get_by_role("button", name="Send the letters").click()
    expect(page.get_by_text("open the letters at both addresses")).to_be_visible()
    deliver()
    for address, heading in (
        (before, "Confirmed"),
        ("ada@new.example", "Your address is changed"),
    ):
        page.goto(path_sent_to(address))
        page.get_by_role("button", name="Yes, that's me").click()
        expect_heading(page, heading)
    ada.refresh_from_db()
    assert ada.email == "ada@new.example"


def path_sent_to(address: str) -> str:
    """Of the page that confirms, in the letter to address."""
    (letter,) = [letter for letter in mail.outbox if letter.to == [address]]
    found = re.findall(r"/account/email/\S+", str(letter.body))
    return str(found[0])


@wide_and_narrow
def test_account_is_switched_off_and_on(
    browsing: Browsing, mia: User, ada: User, size: "ViewportSize"
) -> None:
    grant_capability(mia, Capability.PEOPLE, by=None)
    gone = browsing.open(ada, size=size)
    gone.goto("/")
    page = browsing.open(mia, size=size)
    page.goto("/")
    turn_to(page, "People")
    page.get_by_role("main").get_by_role("link", name="Ada").first.click()
    page.get_by_role("main").get_by_role("link", name="Account").click()
    page.get_by_role("button", name="Switch the account off").click()
    page.get_by_role("dialog").get_by_role("button", name="Switch it off").click()
    expect(page.get_by_text("has no account here any more")).to_be_visible()
    turn_to(gone, "Questions")
    expect_heading(gone, "Sign in")

    page.get_by_role("button", name="Switch the account on").click()
    expect(page.get_by_text("has an account again")).to_be_visible()
    deliver()
    assert mail.outbox[-1].to == [ada.email]
