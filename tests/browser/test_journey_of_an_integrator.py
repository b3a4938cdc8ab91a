"""A token for a program, a space as a file, and questions from a table."""

import json
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import unquote
from urllib.request import Request, urlopen
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.files.sending import FILE_HEADER
from community.spaces.models import Space
from community.tokens.last_use import token_uses
from discussions.topics.models import Topic
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
HEADER = "title,question,tags,answer,accepted\n"
GOOD = "How do I reset it?,It shows E4.,scanner,Hold both keys.,yes\n"
BAD = "Where are the labels?,I can't find them.,,,\n"


@wide_and_narrow
def test_token_is_made_shown_once_used_and_revoked(
    browsing: Browsing, ada: User, size: "ViewportSize"
) -> None:
    page = browsing.open(ada, size=size)
    page.goto("/")
    turn_to_tokens(page)
    page.get_by_role("link", name="Make a token").click()
    page.get_by_label("What will use it").fill("The status script")
    page.get_by_role("group", name="People").get_by_label("Read", exact=True).check()
    page.get_by_role("button", name="Make the token").click()
    secret = page.locator("pre.secret").inner_text().strip()
    expect_heading(page, "Make a token")
    page.get_by_role("link", name="I have copied it").click()
    expect(page.get_by_text(secret)).to_have_count(0)
    tokens = page.get_by_role("region", name="Access for programs")
    expect(tokens).to_contain_text("Never used.")

    assert ask_who_i_am(browsing.site, secret) == (200, "Ada")
    # Written once a minute where the site runs.
    token_uses.write()
    page.reload()
    expect(tokens).to_contain_text("Last used just now.")
    tokens.get_by_role("button", name="Revoke The status script").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(tokens).to_contain_text("No program has access.")
    assert ask_who_i_am(browsing.site, secret)[0] == 401


def turn_to_tokens(page: "Page") -> None:
    turn_to_own(page, "Settings")
    page.get_by_role("link", name="Account", exact=True).click()


def ask_who_i_am(site: str, secret: str) -> tuple[int, str]:
    """Return the status and the name, as a program gets them over the network."""
    asked = Request(f"{site}/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    try:
        with urlopen(asked, timeout=10) as answer:
            return answer.status, json.load(answer)["name"]
    except HTTPError as error:
        return error.code, ""


@wide_and_narrow
def test_space_is_exported_and_fetched(
    browsing: Browsing, question: Topic, mia: User, size: "ViewportSize"
) -> None:
    page = browsing.open(mia, size=size)
    page.goto("/")
    turn_to_settings(page)
    page.get_by_role("button", name="Export this space").click()
    expect(page.get_by_text("It is being prepared.")).to_be_visible()
    look_again(page)
    expect(page.get_by_text("It is ready.")).to_be_visible()
    expect_heading(page, "Export of Workshop")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Download").click()
    assert fetched.value.suggested_filename.startswith("workshop-")
    with ZipFile(stored_as(page, fetched.value.url)) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if "topics" in name]
    assert any(question.title in text for text in texts)
    page.get_by_role("link", name="Back to the settings of the space").click()
    expect(page.get_by_role("region", name="Export").get_by_role("link")).to_have_text("Ready")


def stored_as(page: "Page", url: str) -> str:
    """Daphne sends what the header names (tests/config/site/test_site_stored_file.py)."""
    return unquote(page.request.get(url).headers[FILE_HEADER.lower()])


def turn_to_settings(page: "Page") -> None:
    turn_to(page, "Workshop")
    page.get_by_role("link", name="Settings", exact=True).click()


@wide_and_narrow
def test_questions_are_checked_mended_and_imported(
    browsing: Browsing, space: Space, mia: User, size: "ViewportSize"
) -> None:
    page = browsing.open(mia, size=size)
    page.goto("/")
    turn_to_settings(page)
    page.get_by_role("link", name="Import a CSV file").click()
    send(page, HEADER + GOOD + BAD)
    faults = page.get_by_role("region", name="1 thing to mend")
    expect(faults.get_by_role("cell").first).to_have_text("3")
    expect(page.get_by_label("Leave out 1 of")).not_to_be_checked()
    page.get_by_role("button", name="Import them").click()
    # The browser asks for the tick first.
    expect(page.get_by_label("Leave out 1 of")).to_be_focused()
    page.get_by_role("link", name="Send another file").click()
    send(page, HEADER + GOOD)
    expect(page.get_by_text("1 question can be imported, with 1 answer.")).to_be_visible()
    assert not Topic.objects.exists()

    page.get_by_role("button", name="Import them").click()
    look_again(page)
    expect(page.get_by_text("1 question is in the space.")).to_be_visible()
    expect_heading(page, "Import into Workshop")
    page.get_by_role("link", name="See them").click()
    page.get_by_role("link", name="How do I reset it?").click()
    expect(page.get_by_role("heading", name="Best answer")).to_be_visible()


def send(page: "Page", table: str) -> None:
    page.get_by_label("CSV file").set_input_files(csv_file(table))
    page.get_by_role("button", name="Check the file").click()
    look_again(page)
