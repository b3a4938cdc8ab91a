"""Signing in and out as people do."""

from typing import TYPE_CHECKING

from tests.factories.community import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from community.accounts.models import User


def sign_in(page: "Page", person: "User") -> None:
    page.goto("/account/login/")
    page.get_by_label("Work mail").fill(str(person.email))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Questions").first.wait_for()


def sign_out(page: "Page") -> None:
    page.get_by_role("button", name="Menu of").click()
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("heading", name="Sign in").wait_for()
