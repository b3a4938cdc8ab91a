"""The orders of each list: there everywhere, with something to say where they are empty."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space
from discussions.pages import listing
from discussions.tags.models import Tag, TagCount
from discussions.topics.actions import pin_topic
from discussions.topics.models import Kind
from tests.factories.discussions import make_answer, make_reply, make_topic

pytestmark = pytest.mark.slow

ROW = re.compile(r'<a class="title" href="[^"]*" dir="auto">([^<]*)</a>')
TAB = re.compile(r'<a href="(\?[^"]*)"[^>]*>([^<]+)</a>')
NOTE = "here is its first page."
LISTS = ("/questions", "/discussions", "/s/workshop", "/tags/vpn")


def titles(client: Client, url: str) -> list[str]:
    response = client.get(url)
    assert response.status_code == 200
    return ROW.findall(response.content.decode())


def tabs(client: Client, url: str) -> list[tuple[str, str]]:
    """The address and the text of each order."""
    page = client.get(url).content.decode()
    return TAB.findall(page.split('aria-label="Order"')[1].split("</nav>")[0])


@pytest.mark.parametrize("url", ["/questions", "/s/workshop", "/tags/vpn"])
def test_orders_of_a_list_with_questions(
    client: Client, space: Space, ada: User, ben: User, url: str
) -> None:
    old = make_topic(space, by=ada, title="Old", tags=["vpn"])
    make_topic(space, by=ben, title="Fresh", tags=["vpn"])
    make_answer(old, by=ben)
    client.force_login(ada)

    assert {text: titles(client, url + query) for query, text in tabs(client, url)} == {
        "Active": ["Old", "Fresh"],
        "Unread": [],
        "Newest": ["Fresh", "Old"],
        "Unanswered": ["Fresh"],
        "Popular": ["Old", "Fresh"],
        "My topics": ["Old"],
    }


def test_orders_of_discussions(client: Client, space: Space, ada: User, ben: User) -> None:
    url = "/discussions"
    old = make_topic(space, by=ada, title="Old", kind=Kind.DISCUSSION)
    make_topic(space, by=ben, title="Fresh", kind=Kind.DISCUSSION)
    make_reply(old, by=ben)
    client.force_login(ada)

    found = {text: titles(client, url + query) for query, text in tabs(client, url)}

    assert found == {
        "Active": ["Old", "Fresh"],
        "Unread": [],
        "Newest": ["Fresh", "Old"],
        "Popular": ["Old", "Fresh"],
        "My topics": ["Old"],
    }


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("query", ["order=nonsense", "after=nonsense", "before=i1", "after=t1!i1"])
def test_address_that_a_list_does_not_know_shows_its_first_page_with_a_note(
    client: Client, space: Space, ada: User, url: str, query: str
) -> None:
    kind = Kind.DISCUSSION if url == "/discussions" else Kind.QUESTION
    make_topic(space, by=ada, title="Here", kind=kind, tags=["vpn"])
    client.force_login(ada)

    page = client.get(f"{url}?{query}").content.decode()

    assert (ROW.findall(page), NOTE in page) == (["Here"], True)
    assert NOTE not in client.get(f"{url}?order=newest").content.decode()


BLANK = {
    "active": "What people ask and write in spaces that you can read stands here.",
    "newest": "What people ask and write in spaces that you can read stands here.",
    "unanswered": "Every question has an answer.",
    "popular": "What people ask and write in spaces that you can read stands here.",
    "mine": "What you start yourself stands here.",
}


@pytest.mark.parametrize(
    ("url", "first_step"),
    [
        ("/questions", "/ask?kind=question"),
        ("/discussions", "/ask?kind=discussion"),
        ("/s/workshop", "/ask?space=workshop"),
        ("/tags/vpn", "/ask?tags=vpn"),
    ],
)
def test_empty_list_says_what_belongs_there_and_offers_the_first_step(
    client: Client, space: Space, ben: User, url: str, first_step: str
) -> None:
    TagCount.objects.create(space=space, tag=Tag.objects.create(name="vpn"))
    client.force_login(ben)
    for order in BLANK.keys() - ({"unanswered"} if url == "/discussions" else set()):
        page = client.get(f"{url}?order={order}").content.decode()

        assert ("Nothing here yet" in page, BLANK[order] in page, NOTE in page) == (
            True,
            True,
            False,
        )
        assert f'<a class="button primary" href="{first_step}">' in page


def test_unknown_order_shows_pinned_topics_once_and_not_all_of_them(
    client: Client, space: Space, mia: User, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PINNED", 1)
    for title in ("First", "Second"):
        topic = make_topic(space, by=mia, title=title)
        pin_topic(topic, by=mia, until=timezone.now() + timedelta(days=1))
    make_topic(space, by=ada, title="Later")
    client.force_login(ada)
    for query in ("", "?order=nonsense"):
        assert titles(client, f"/s/workshop{query}") == ["Second", "Later", "First"]
