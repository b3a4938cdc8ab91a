"""Pictures and files in what one writes: pasted, dropped, chosen; progress, giving up, errors."""

import re
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.files.models import File
from community.spaces.models import Space
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing
from tests.factories.files import picture_bytes, run_make_sizes

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Locator, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]

HAND_OVER = """([kind, target, names]) => {
  const data = new DataTransfer();
  const png = Uint8Array.from(atob(window.png), (letter) => letter.charCodeAt(0));
  for (const name of names) data.items.add(new File([png], name, { type: "image/png" }));
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector(target).dispatchEvent(event);
}"""


@pytest.fixture
def writing(browsing: Browsing, question: Topic, ada: User) -> "Page":
    """Ada's page of the question, with a picture at hand."""
    page = browsing.open(ada)
    page.add_init_script(f"window.png = '{b64encode(picture_bytes(600, 300)).decode()}'")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(question.get_absolute_url())
    page.get_by_label("Your answer").focus()
    # The module has come.
    expect(page.locator("#compose .uploads")).not_to_have_attribute("hidden", "")
    expect(page.locator("#compose [data-input]")).to_be_hidden()
    return page


def text(page: "Page") -> str:
    return re.sub(r"/f/\w{10}/", "/f/ID/", page.get_by_label("Your answer").input_value())


def described(page: "Page", number: int = 0) -> "Locator":
    return page.get_by_label("What does the picture show?").nth(number)


def test_pasted_pictures_are_named_and_described(writing: "Page", question: Topic) -> None:
    writing.get_by_label("Your answer").fill("Look here:")
    writing.evaluate(HAND_OVER, ["paste", "#compose textarea", ["one.png", "two.png"]])
    expect(writing.get_by_label("What does the picture show?")).to_have_count(2)
    described(writing, 0).fill("The [red] corner")
    assert "![The \\[red\\] corner](/f/ID/" in text(writing)
    for file in File.objects.all():
        run_make_sizes(file)
    writing.get_by_role("button", name="Post answer").click()
    answer = writing.get_by_role("article", name="Post 2 by Ada")
    expect(answer.get_by_role("img", name="The [red] corner")).to_have_attribute("width", "600")
    expect(answer.locator("img")).to_have_count(2)


def test_dropped_picture_arrives(writing: "Page") -> None:
    writing.evaluate(HAND_OVER, ["drop", "#compose form", ["drop.png"]])
    expect(described(writing)).to_be_visible()
    assert text(writing) == "![drop](/f/ID/drop.png)\n"


def test_chosen_file_is_linked_and_taken_out_again(writing: "Page") -> None:
    with writing.expect_file_chooser() as chooser:
        writing.get_by_role("button", name="Picture or file").click()
    words: FilePayload = {"name": "a b.txt", "mimeType": "text/plain", "buffer": b"Words\n"}
    chooser.value.set_files([words])
    expect(writing.get_by_label("Your answer")).to_have_value(re.compile("a%20b"))
    assert text(writing) == "[a b.txt](/f/ID/a%20b.txt)\n"
    writing.get_by_role("button", name="Take out").click()
    assert text(writing).strip() == ""
    expect(writing.locator(".uploads li")).to_have_count(0)


def test_refusal_is_a_sentence_beside_the_file(writing: "Page", browsing: Browsing) -> None:
    program: FilePayload = {"name": "a.exe", "mimeType": "image/png", "buffer": b"MZ\0\0"}
    with writing.expect_response("**/files"):
        writing.locator("#compose input[type=file]").set_input_files([program])
    expect(writing.locator("[data-error]")).to_contain_text("can't be attached")
    assert text(writing) == ""
    assert browsing.complaints == ["422: /files"]
    browsing.complaints.clear()


def test_too_large_file_is_not_even_sent(writing: "Page") -> None:
    writing.evaluate("document.querySelector('[data-attach]').dataset.maxBytes = 10")
    writing.evaluate(HAND_OVER, ["drop", "#compose form", ["large.png"]])
    expect(writing.locator("[data-error]")).to_contain_text("A file has at most 25")
    assert File.objects.count() == 0


def test_file_under_way_is_waited_for_and_can_be_given_up(writing: "Page") -> None:
    held: list[Route] = []
    writing.route("**/files", lambda route: held.append(route))
    writing.get_by_label("Your answer").fill("Look here:")
    writing.evaluate(HAND_OVER, ["drop", "#compose form", ["slow.png"]])
    expect(writing.get_by_role("progressbar", name="Sent")).to_be_visible()
    writing.get_by_role("button", name="Post answer").click()
    expect(writing.get_by_role("alert")).to_contain_text("still on its way")
    writing.get_by_role("button", name="Take out").click()
    expect(writing.locator(".uploads li")).to_have_count(0)
    assert (text(writing), File.objects.count()) == ("Look here:", 0)
    writing.get_by_role("button", name="Post answer").click()
    expect(writing.get_by_role("article", name="Post 2 by Ada")).to_be_visible()


def test_lost_connection_is_said(writing: "Page", browsing: Browsing) -> None:
    writing.route("**/files", lambda route: route.abort("connectionreset"))
    writing.evaluate(HAND_OVER, ["drop", "#compose form", ["lost.png"]])
    expect(writing.locator("[data-error]")).to_contain_text("This didn't arrive.")
    browsing.complaints.clear()


def test_question_with_a_file_needs_no_scripts(browsing: Browsing, space: Space, ada: User) -> None:
    page = browsing.open(ada, script=False)
    page.goto("/ask?space=workshop")
    page.get_by_label("What do you want to know?").fill("What is in this file?")
    page.get_by_label("Tags").fill("vpn")
    words: FilePayload = {"name": "words.txt", "mimeType": "text/plain", "buffer": b"Words\n"}
    page.get_by_label("Pictures and files").set_input_files([words])
    page.get_by_role("button", name="Ask a question").click()
    expect(page.get_by_role("link", name="words.txt")).to_be_visible()
