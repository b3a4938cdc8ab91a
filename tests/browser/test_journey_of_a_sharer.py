"""Sharing files and videos, gathering them in a collection, and what a guest sees of it."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.spaces.models import Space
from config.demo.files import FOLDER
from tests.browser.browsing import DESKTOP, PHONE, Browsing
from tests.factories.community import make_guest
from tests.factories.discussions import make_link, make_shared_file, make_topic
from tests.factories.files import make_file

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page, ViewportSize

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
wide_and_narrow = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
both = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
FILM = FOLDER / "scanner-reset.webm"
PLAYED = "film => film.play().then(() => film.readyState >= 2 && film.textTracks[0].mode)"


def text_file(name: str, content: bytes = b"Plain words.") -> "FilePayload":
    return {"name": name, "mimeType": "text/plain", "buffer": content}


def choose(page: "Page", file: "FilePayload", *, script: bool = True) -> None:
    """Turn to the input as people do, which fetches its script, and choose a file."""
    page.get_by_label("File", exact=True).focus()
    if script:
        page.evaluate(
            "import('guildhall/send-file').then(() => new Promise(requestAnimationFrame))"
        )
    page.get_by_label("File", exact=True).set_input_files(file)


def describe(page: "Page") -> None:
    page.get_by_label("What is it good for?").fill("Print it.")
    page.get_by_label("Space", exact=True).select_option("workshop")
    page.locator("#id_tags").fill("vpn")


@both
def test_file_is_shared_and_replaced(
    browsing: Browsing, space: Space, ada: User, script: bool
) -> None:
    page = browsing.open(ada, script=script)
    page.goto("/share")
    page.get_by_role("link", name="A file or video").click()
    choose(page, text_file("plan.txt"), script=script)
    if script:
        expect(page.locator("p[data-kept]")).to_have_text("Kept: plan.txt")
    describe(page)
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_role("heading", name="plan", level=1)).to_be_visible()
    page.get_by_role("link", name="1 version").click()
    choose(page, text_file("plan2.txt", b"Shorter."), script=script)
    if script:
        expect(page.locator("p[data-kept]")).to_have_text("Kept: plan2.txt")
    page.get_by_label("What is new in it?").fill("Half as long")
    page.get_by_role("button", name="Add this version").click()
    expect(page.get_by_label("What is shared")).to_contain_text("plan2.txt")
    expect(page.get_by_role("link", name="2 versions")).to_be_visible()


def test_refused_file_says_why_and_leaves_the_rest(
    browsing: Browsing, space: Space, ada: User
) -> None:
    page = browsing.open(ada)
    page.goto("/share/file")
    describe(page)
    choose(page, text_file("run.exe", b"MZ\x00\x01"))
    expect(page.get_by_role("alert")).to_contain_text("Files of this type")
    expect(page.get_by_label("What is it good for?")).to_have_value("Print it.")
    # The refused upload answers 422, which is what is tested here.
    assert [line.split(": ")[0] for line in browsing.complaints] == ["422"]
    browsing.complaints.clear()


@wide_and_narrow
def test_video_plays_with_its_captions(
    browsing: Browsing, space: Space, ada: User, size: "ViewportSize"
) -> None:
    file = make_file(ada, FILM.read_bytes(), FILM.name)
    topic = make_shared_file(space, by=ada, file=file, title="The film")
    page = browsing.open(ada)
    page.set_viewport_size(size)
    # Daphne sends contents (tests/config/site/test_site_stored_file.py); this server doesn't.
    page.route("**/f/**", lambda route: route.fulfill(path=FILM, content_type="video/webm"))
    page.goto(topic.get_absolute_url())
    page.get_by_role("link", name="Captions").click()
    page.get_by_label("Language").select_option("en")
    page.get_by_label("Captions").set_input_files(FOLDER / "scanner-reset.vtt")
    page.get_by_role("button", name="Add captions").click()
    expect(page.get_by_role("link", name="English", exact=True)).to_be_visible()
    page.get_by_role("link", name="Back to the video").click()
    assert page.locator("video").evaluate(PLAYED) == "showing"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"]


@wide_and_narrow
def test_resources_are_gathered_and_put_in_order(
    browsing: Browsing, space: Space, ada: User, size: "ViewportSize"
) -> None:
    first, second = (make_link(space, by=ada, title=title) for title in ("Read one", "Read two"))
    page = browsing.open(ada)
    page.set_viewport_size(size)
    page.goto("/library")
    page.get_by_role("link", name="Collections").first.click()
    page.get_by_role("link", name="Make a collection").first.click()
    page.get_by_label("Title").fill("For the first week")
    page.get_by_role("button", name="Make the collection").click()
    expect(page.get_by_role("heading", name="For the first week")).to_be_visible()
    for topic in (first, second):
        page.goto(topic.get_absolute_url())
        page.get_by_role("link", name="Add to a collection").click()
        page.get_by_label("Collection", exact=True).select_option(label="For the first week")
        page.get_by_label("Why it belongs here").fill(f"{topic.title} first")
        page.get_by_role("button", name="Add it").click()
    page.goto("/library/collections")
    page.get_by_role("link", name="For the first week").first.click()
    titles = page.locator("ol .title")
    expect(titles).to_have_text(["Read one", "Read two"])
    page.get_by_role("button", name="Move “Read two” up").click()
    expect(titles).to_have_text(["Read two", "Read one"])
    page.get_by_role("button", name="Remove “Read one”").click()
    expect(titles).to_have_text(["Read two"])


@wide_and_narrow
def test_guest_finds_their_own_space_and_nothing_else(
    browsing: Browsing, space: Space, closed: Space, ada: User, size: "ViewportSize"
) -> None:
    make_topic(space, by=ada, title="For everybody here")
    make_topic(closed, by=ada, title="Not for guests")
    guest = make_guest("Gil", spaces=(space,))
    page = browsing.open(guest)
    page.set_viewport_size(size)
    page.goto("/spaces")
    expect(page.locator("main")).to_contain_text("Workshop")
    expect(page.locator("main")).not_to_contain_text("Backroom")
    page.goto("/s/workshop")
    page.get_by_role("link", name="For everybody here").first.click()
    page.get_by_label("Your answer").fill("We do it so.")
    page.get_by_role("button", name="Post answer").click()
    expect(page.get_by_role("article").last).to_contain_text("Guest")
