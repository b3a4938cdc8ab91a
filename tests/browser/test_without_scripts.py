"""Whose buttons a topic shows, which scripts and the stylesheet without them decide alike."""

from typing import TYPE_CHECKING

import pytest

from community.accounts.models import User
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing
from tests.factories.discussions import make_answer, make_comment

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
both = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
LOOK_AFTER = "Look after this topic"


@both
def test_everybody_sees_their_own_verbs(
    browsing: Browsing, question: Topic, ada: User, ben: User, mia: User, script: bool
) -> None:
    """Ada asked, Ben answered, Ada commented on it; Mia moderates."""
    answer = make_answer(question, by=ben)
    comment = make_comment(answer, by=ada)
    addresses = {
        "answer's text": f"a[href='/posts/{answer.public_id}/edit']",
        "comment's text": f"a[href='/posts/{comment.public_id}/edit']",
        "vote": f"button[id='up-{answer.public_id}']",
        "accept": f"button[id='accept-{answer.public_id}']",
        "look after": f"button[aria-label='{LOOK_AFTER}']",
    }
    seen = {}
    for person in (ada, ben, mia):
        page = browsing.open(person, script=script)
        page.goto(question.get_absolute_url())
        seen[person.name] = visible(page, addresses)
    assert seen == {
        "Ada": {"comment's text", "vote", "accept"},
        "Ben": {"answer's text"},
        "Mia": set(addresses),
    }


def visible(page: "Page", addresses: dict[str, str]) -> set[str]:
    return {name for name, found in addresses.items() if page.locator(found).is_visible()}
