"""Sign in, open a space, ask, be answered, accept, follow a tag; with scripts and without."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing
from tests.browser.signing import sign_in, sign_out
from tests.factories.community import PASSWORD, make_person
from tests.factories.discussions import make_answer, make_topic

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
both = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])


@both
def test_employee_opens_a_space_asks_and_edits(browsing: Browsing, script: bool) -> None:
    page = browsing.open(script=script)
    sign_in(page, make_person("Ada", password=PASSWORD))
    open_a_space(page, "Tunnel works")
    ask_with_preview(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Why does the tunnel drop?")
    expect(post(page, 1)).to_contain_text("It drops every noon.")
    edit(page)
    expect(post(page, 1)).to_contain_text("It drops every night.")
    expect(post(page, 1).get_by_role("link", name="Edited")).to_be_visible()
    sign_out(page)
    page.goto(Topic.objects.get().get_absolute_url())
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def open_a_space(page: "Page", name: str) -> None:
    page.get_by_role("link", name="Spaces", exact=True).first.click()
    page.get_by_role("link", name="Open a space").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Open the space").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def ask_with_preview(page: "Page") -> None:
    page.get_by_role("link", name="Ask here").click()
    page.get_by_label("What do you want to know?").fill("Why does the tunnel drop?")
    page.get_by_label("Details").fill("It drops **every** noon.")
    tags = page.locator("input:visible").and_(page.get_by_label("Tags"))
    tags.press_sequentially("vpn,networks,")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("strong").get_by_text("every", exact=True)).to_be_visible()
    page.get_by_role("button", name="Ask a question").click()


def edit(page: "Page") -> None:
    post(page, 1).get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Text", exact=True).fill("It drops every night.")
    page.get_by_label("What did you change, and why?").fill("It was the night")
    page.get_by_role("button", name="Save").click()


@both
def test_expert_answers_and_the_asker_accepts(
    browsing: Browsing, question: Topic, ada: User, ben: User, script: bool
) -> None:
    expert = browsing.open(ben, script=script)
    expert.goto(question.get_absolute_url())
    expert.get_by_label("Your answer").fill("Lower the *mtu*.")
    expert.get_by_role("button", name="Post answer").click()
    expect(post(expert, 2)).to_contain_text("Lower the mtu.")

    page = browsing.open(ada, script=script)
    page.goto(question.get_absolute_url())
    comment(page, "That was it.")
    vote(page)
    post(page, 2).get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="Best answer")).to_be_visible()
    post(page, 2).get_by_role("button", name="Not the solution").click()
    expect(post(page, 2).get_by_role("button", name="Accept")).to_be_visible()
    expect(page.get_by_role("heading", name="Best answer")).to_have_count(0)


def comment(page: "Page", text: str) -> None:
    post(page, 2).get_by_role("link", name="Comment", exact=True).click()
    page.get_by_label("Your comment").fill(text)
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(post(page, 2)).to_contain_text(text)


def vote(page: "Page") -> None:
    post(page, 2).get_by_role("button", name="This answer is useful").click()
    expect(post(page, 2)).to_contain_text(re.compile(r"\b1 votes"))


@both
def test_employee_follows_a_tag_and_meets_it_today(
    browsing: Browsing, question: Topic, space: Space, ada: User, ben: User, script: bool
) -> None:
    make_answer(question, by=ben)
    page = browsing.open(ada, script=script)
    page.goto(question.get_absolute_url())
    page.get_by_role("link", name="vpn", exact=True).click()
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    make_topic(space, by=ben, title="Which port is it?", tags=["vpn"])
    page.get_by_role("link", name="Today").first.click()
    expect(page.get_by_role("link", name="Which port is it?").first).to_be_visible()
    expect(page.get_by_text("You follow vpn").first).to_be_visible()


def post(page: "Page", number: int) -> "Locator":
    return page.get_by_role("article", name=f"Post {number} by")
