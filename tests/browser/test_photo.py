"""Choosing the square of one's photo, with and without scripts."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.jobs.models import BackgroundJob
from tests.browser.browsing import Browsing
from tests.factories.files import picture_bytes

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


def me() -> "FilePayload":
    return {"name": "me.png", "mimeType": "image/png", "buffer": picture_bytes(600, 300)}


def test_square_is_moved_zoomed_and_sent(browsing: Browsing, ada: User) -> None:
    page = browsing.open(ada)
    page.goto("/me/photo")
    page.get_by_label("Picture", exact=True).set_input_files([me()])
    canvas = page.get_by_role("img", name="The square that is shown.")
    canvas.focus()
    page.keyboard.press("+")
    for _step in range(40):
        page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Use this picture").click()
    expect(page.get_by_text("Your photo is being made.")).to_be_visible()
    assert BackgroundJob.objects.get().args[1:] == [ada.pk, 0, 30, 240]


def test_square_is_dragged(browsing: Browsing, ada: User) -> None:
    page = browsing.open(ada)
    page.goto("/me/photo")
    page.get_by_label("Picture", exact=True).set_input_files([me()])
    page.locator("canvas").wait_for()
    box = page.locator("canvas").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 400, middle[1])
    page.mouse.up()
    assert page.locator("[name=left]").input_value() == "300"


def test_photo_is_sent_without_scripts(browsing: Browsing, ada: User) -> None:
    page = browsing.open(ada, script=False)
    page.goto("/me/photo")
    page.get_by_label("Picture", exact=True).set_input_files([me()])
    page.get_by_role("button", name="Use this picture").click()
    expect(page.get_by_text("Your photo is being made.")).to_be_visible()
    assert BackgroundJob.objects.get().args[1:] == [ada.pk, 150, 0, 300]
