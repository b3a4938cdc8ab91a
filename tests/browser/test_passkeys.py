"""Passkeys with an authenticator that Chromium plays."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from pytest_django import Settings

from community.accounts.models import User
from community.roles.actions import grant_capability
from community.roles.models import Capability
from tests.browser.browsing import Browsing
from tests.browser.signing import sign_in, sign_out
from tests.browser.test_every_page import faults_of
from tests.factories.community import PASSWORD, make_person

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


@pytest.fixture(autouse=True)
def fresh_limits(settings: Settings) -> Iterator[None]:
    """allauth counts in the default cache, whose table the tests' database lacks."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {"default": memory, "fast": memory}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ida(transactional_db: None) -> User:
    return make_person("Ida", password=PASSWORD)


def give_authenticator(page: "Page") -> None:
    """A phone's or laptop's own, which recognises its person."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add_passkey(page: "Page") -> None:
    page.goto("/me/account")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Test laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text("Test laptop").wait_for()


def test_passkey_is_added_and_signs_in_without_a_password(browsing: Browsing, ida: User) -> None:
    page = browsing.open()
    give_authenticator(page)
    sign_in(page, ida)
    add_passkey(page)
    sign_out(page)

    page.goto("/account/login/?next=/people")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_role("heading", name="People", exact=True).wait_for()
    assert page.url.endswith("/people")


def test_passkey_is_the_second_step_after_the_password(browsing: Browsing, ida: User) -> None:
    page = browsing.open()
    give_authenticator(page)
    sign_in(page, ida)
    add_passkey(page)
    sign_out(page)

    page.get_by_label("Work mail").fill(str(ida.email))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Second step").wait_for()
    assert faults_of(page, thoroughly=True) == []
    page.get_by_role("button", name="Use a passkey").click()

    page.get_by_role("link", name="Questions").first.wait_for()


def test_pages_of_a_passkey_are_without_fault(browsing: Browsing, ida: User) -> None:
    page = browsing.open()
    give_authenticator(page)
    sign_in(page, ida)
    add_passkey(page)

    page.get_by_role("link", name="Change Test laptop").click()
    page.get_by_role("heading", name="Passkey Test laptop").wait_for()
    assert faults_of(page, thoroughly=True) == []
    page.goto("/account/2fa/passkeys/use/?next=/people")
    assert faults_of(page, thoroughly=True) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="People", exact=True).wait_for()


def test_browser_without_the_passkey_says_so_and_the_password_still_works(
    browsing: Browsing, ida: User
) -> None:
    page = browsing.open()
    give_authenticator(page)
    page.goto("/account/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("Your browser gave no passkey").wait_for()
    sign_in(page, ida)


def test_page_without_javascript_offers_no_passkey(browsing: Browsing, ida: User) -> None:
    page = browsing.open(script=False)
    page.goto("/account/login/")

    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    assert page.get_by_role("button", name="Sign in", exact=True).is_visible()


def test_holder_of_a_right_that_asks_for_it_adds_a_passkey_and_goes_on(
    browsing: Browsing, ida: User, settings: Settings
) -> None:
    settings.MFA_REQUIRED_FOR = ["community.people"]
    grant_capability(ida, Capability.PEOPLE, by=None)
    page = browsing.open(ida)
    give_authenticator(page)

    page.goto("/people")
    page.get_by_role("heading", name="Two-step sign-in is needed").wait_for()
    assert faults_of(page, thoroughly=True) == []
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()

    page.goto("/people")
    page.get_by_role("heading", name="People", exact=True).wait_for()
