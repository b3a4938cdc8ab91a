"""Edits that meet, versions and the way back, wrong input, and a press that comes twice."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.actions import edit_post
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing
from tests.factories.discussions import make_topic, opening

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
both = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])


@both
def test_edits_that_meet_show_both_texts(
    browsing: Browsing, question: Topic, ada: User, mia: User, script: bool
) -> None:
    address = f"/posts/{opening(question).public_id}/edit"
    page, other = (browsing.open(person, script=script) for person in (ada, mia))
    page.goto(address)
    other.goto(address)
    save(other, "Mia says it is the router.", "Asked the router")
    expect(other.get_by_role("article").first).to_contain_text("the router")
    save(page, "Ada says it is the cable.", "")
    expect(page.get_by_role("alert")).to_contain_text("Mia changed this text")
    expect(page.get_by_label("The text as it is now")).to_have_value("Mia says it is the router.")
    expect(page.get_by_label("Text", exact=True)).to_have_value("Ada says it is the cable.")
    save(page, "It is the router and the cable.", "Both")
    expect(page.get_by_role("article").first).to_contain_text("the router and the cable")


def save(page: "Page", text: str, reason: str) -> None:
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_label("What did you change, and why?").fill(reason)
    page.get_by_role("button", name="Save").click()


@both
def test_versions_show_what_changed_and_lead_back(
    browsing: Browsing, space: Space, ada: User, script: bool
) -> None:
    topic = make_topic(space, by=ada, source="It drops at noon.")
    reason = "It was the night"
    edit_post(opening(topic), by=ada, source="It drops at night.", based_on=1, reason=reason)
    page = browsing.open(ada, script=script)
    page.goto(topic.get_absolute_url())
    page.get_by_role("link", name="Edited").click()
    expect(page.locator("main del")).to_have_text(["noon."])
    expect(page.locator("main ins")).to_have_text(["night."])
    expect(page.get_by_text(reason).first).to_be_visible()
    page.get_by_role("link", name="Earlier change").click()
    page.get_by_role("button", name="Go back to version 1").click()
    expect(page.get_by_role("article")).to_contain_text("It drops at noon.")


@both
def test_wrong_input_is_kept_and_its_field_named(
    browsing: Browsing, space: Space, ada: User, script: bool
) -> None:
    page = browsing.open(ada, script=script)
    page.goto("/ask?space=workshop")
    page.get_by_label("Details").fill("It drops *every* noon.")
    page.get_by_role("button", name="Ask a question").click()
    title = page.get_by_label("What do you want to know?")
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_accessible_description("Give the topic a title.")
    tags = page.locator("input:visible").and_(page.get_by_label("Tags"))
    expect(tags).to_have_accessible_description("Give it at least one tag.")
    expect(page.get_by_label("Details")).to_have_value("It drops *every* noon.")
    expect(page.get_by_label("Space", exact=True)).to_have_value("workshop")


@both
def test_button_pressed_twice_makes_one_answer(
    browsing: Browsing, question: Topic, ben: User, script: bool
) -> None:
    page = browsing.open(ben, script=script)
    page.goto(question.get_absolute_url())
    page.get_by_label("Your answer").fill("Lower the mtu.")
    page.get_by_role("button", name="Post answer").dblclick()
    expect(page.get_by_role("article", name="Post 2 by Ben")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert question.posts.filter(source="Lower the mtu.").count() == 1
