"""Invited by mail, in by a letter, a second step from an app, and signed out everywhere."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from community.accounts.models import User
from community.roles.actions import grant_capability
from community.roles.models import Capability
from tests.browser.browsing import Browsing
from tests.browser.signing import sign_out
from tests.browser.walking import expect_heading, turn_to, turn_to_own, wide_and_narrow
from tests.community.invitations.letters import deliver, last_path
from tests.factories.community import PASSWORD
from tests.factories.two_step import code_of

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


@pytest.fixture(autouse=True)
def limits(transactional_db: None, fresh_limits: None, settings: Settings) -> None:
    """Nothing is counted yet, and a code holds though its half minute ends before it arrives."""
    settings.MFA_TOTP_TOLERANCE = 1


@wide_and_narrow
def test_newcomer_is_invited_and_keeps_the_account_safe(
    browsing: Browsing, mia: User, size: "ViewportSize"
) -> None:
    grant_capability(mia, Capability.PEOPLE, by=None)
    invite(browsing.open(mia, size=size))

    page = browsing.open(size=size)
    page.goto(last_path())
    expect(page.get_by_text("Mia invited ida@example.com.")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_role("link", name="Questions").first).to_be_visible()
    ida = User.objects.get(email="ida@example.com")
    assert ida.name == "Ida Ray"

    other = browsing.open(ida, size=size)
    other.goto("/")
    secret = add_app(page)
    sign_out(page)
    sign_in_with_code(page, ida, secret)
    turn_to_account(page)
    devices = page.get_by_role("region", name="Where you are signed in").get_by_role("listitem")
    expect(devices).to_have_count(2)
    expect(devices.filter(has_text="this one")).to_have_count(1)
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()
    expect_heading(page, "Sign in")
    turn_to(other, "Questions")
    expect_heading(other, "Sign in")


def invite(page: "Page") -> None:
    """By mail, until the letter is on its way."""
    page.goto("/")
    turn_to(page, "People")
    page.get_by_role("link", name="Invite people").click()
    page.get_by_role("link", name="Invite somebody").first.click()
    page.get_by_label("Work mail").fill("ida@example.com")
    page.locator("#id_name").fill("Ida Ray")
    page.get_by_role("button", name="Send the invitation").click()
    row = page.get_by_role("listitem").filter(has_text="ida@example.com")
    expect(row).to_contain_text("On its way")
    deliver()
    page.reload()
    expect(row).to_contain_text("Letter sent")
    expect_heading(page, "Invitations")


def turn_to_account(page: "Page") -> None:
    turn_to_own(page, "Settings")
    page.get_by_role("link", name="Account", exact=True).click()


def add_app(page: "Page") -> str:
    """Set up an app for codes; return its secret."""
    turn_to_account(page)
    page.get_by_role("link", name="Add an app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("region", name="Two-step sign-in")).to_contain_text("10 left")
    return secret


def sign_in_with_code(page: "Page", person: User, secret: str) -> None:
    page.get_by_label("Work mail").fill(str(person.email))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect_heading(page, "Second step")
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Questions").first).to_be_visible()
