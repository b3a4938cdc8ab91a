"""What somebody wrote, and to whom it shows."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Topic
from tests.factories.community import add_member
from tests.factories.discussions import make_answer, make_comment, make_topic

pytestmark = pytest.mark.slow


def titles(client: Client, address: str) -> int:
    return client.get(address).content.decode().count('<li><a href="/t/')


def test_list_holds_what_the_viewer_may_read(
    client: Client, space: Space, closed: Space, question: Topic, ben: User, zed: User, mia: User
) -> None:
    add_member(closed, ben, actor=mia)
    make_topic(closed, by=ben, title="Among ourselves")
    comment_on = make_answer(question, by=ben)
    make_comment(comment_on, by=ben)

    client.force_login(zed)
    page = client.get(f"/p/{ben.handle}/contributions").content.decode()
    assert ("Among ourselves" in page, question.title in page) == (False, True)
    client.force_login(mia)
    assert "Among ourselves" in client.get(f"/p/{ben.handle}/contributions").content.decode()
    shown = {
        kind: titles(client, f"/p/{ben.handle}/contributions?kind={kind}")
        for kind in ("", "topics", "answers", "replies", "comments", "nonsense")
    }
    assert shown == {"": 3, "topics": 1, "answers": 1, "replies": 0, "comments": 1, "nonsense": 3}


def test_profile_leads_there_and_an_empty_list_says_so(
    client: Client, ada: User, zed: User
) -> None:
    client.force_login(ada)
    assert f'href="/p/{zed.handle}/contributions"' in client.get(zed.url).content.decode()
    page = client.get(f"/p/{zed.handle}/contributions").content.decode()
    assert "Nothing here yet" in page
    assert client.get("/p/nobody/contributions").status_code == 404


def test_pages_hold_25_and_cost_the_same(
    client: Client,
    space: Space,
    ben: User,
    zed: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(zed)
    address = f"/p/{ben.handle}/contributions"
    for count in (1, 29):
        for number in range(count):
            make_topic(space, by=ben, title=f"Topic {count} {number}")
        client.get(address)
        with django_assert_num_queries(7):
            client.get(address)
    assert titles(client, address) == 25
    older = client.get(address).content.decode().split("after=")[1].split('"')[0]
    assert titles(client, f"{address}?after={older}") == 5
