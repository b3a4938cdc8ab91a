"""What a button does on one page may end on another: the address says which."""

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from discussions.topics.actions import edit_post
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing
from tests.factories.discussions import opening

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]


def test_going_back_to_a_version_ends_at_the_topic(
    browsing: Browsing, question: Topic, ada: User
) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="Other words", based_on=1)
    page = browsing.open(ada)
    page.goto(f"/posts/{post.public_id}/revisions/1")
    page.get_by_role("button", name="Go back to version 1").click()
    expect(page.get_by_role("heading", name=question.title)).to_be_visible()
    expect(page).to_have_url(f"{browsing.site}{question.get_absolute_url()}")
