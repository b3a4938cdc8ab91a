"""Marks of reading over HTTP: from scripts, from buttons, and where they lead."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space
from discussions.reading.actions import TOLD_PER_MINUTE, read_topic
from discussions.reading.models import SpaceWatermark, TopicReading, Visit
from discussions.topics.models import Kind, Topic
from tests.factories.community import add_member
from tests.factories.discussions import make_reply, make_topic

pytestmark = pytest.mark.slow


@pytest.fixture
def talk(space: Space, ada: User) -> Topic:
    """A discussion with 30 replies, so with two pages."""
    topic = make_topic(space, by=ada, kind=Kind.DISCUSSION, title="Long talk")
    for _ in range(30):
        make_reply(topic, by=ada)
    topic.refresh_from_db()
    return topic


def mark(person: User) -> int | None:
    rows = TopicReading.objects.filter(person=person).values_list("highest_number", flat=True)
    return rows.first()


def test_script_tells_how_far_and_gets_no_page(client: Client, talk: Topic, mia: User) -> None:
    client.force_login(mia)
    answer = client.post(f"/topics/{talk.public_id}/reading", {"number": "7"})
    assert (answer.status_code, answer.content, mark(mia)) == (204, b"", 7)


@pytest.mark.parametrize("number", ["", "0", "32", "-1", "x", "9" * 30, "٣"])
def test_number_of_no_post_is_answered_with_a_sentence(
    client: Client, talk: Topic, mia: User, number: str
) -> None:
    client.force_login(mia)
    for verb in ("reading", "reading/removal"):
        answer = client.post(f"/topics/{talk.public_id}/{verb}", {"number": number})
        assert (answer.status_code, answer.content.decode()) == (
            400,
            "Name the number of a post, from 1 to 31.",
        )
    assert mark(mia) is None


def test_button_reads_the_whole_topic_and_leads_back(
    client: Client, talk: Topic, mia: User
) -> None:
    client.force_login(mia)
    page = client.get(talk.get_absolute_url()).content.decode()
    assert f'formaction="/topics/{talk.public_id}/reading"' in page
    answer = client.post(
        f"/topics/{talk.public_id}/reading",
        headers={"referer": "http://testserver/questions?order=unread"},
    )
    assert (answer.status_code, answer["Location"]) == (303, "/questions?order=unread")
    assert mark(mia) == 31
    assert "mark-read" not in client.get(talk.get_absolute_url()).content.decode()


def test_unread_from_a_post_on_can_be_undone(client: Client, talk: Topic, mia: User) -> None:
    read_topic(talk, by=mia)
    client.force_login(mia)
    answer = client.post(f"/topics/{talk.public_id}/reading/removal", {"number": "25"}, follow=True)
    assert mark(mia) == 24
    assert f'<form method="post" action="/topics/{talk.public_id}/reading">' in (
        answer.content.decode()
    )


def test_new_posts_are_found_on_the_page_that_holds_them(
    client: Client, talk: Topic, mia: User
) -> None:
    client.force_login(mia)
    url = f"/t/{talk.public_id}/p/new"
    read_topic(talk, by=mia, number=24)
    assert client.get(url)["Location"] == f"/t/{talk.public_id}/p/25"
    assert re.search(r"\?after=.*#p25$", client.get(url, follow=True).redirect_chain[-1][0])
    read_topic(talk, by=mia)
    assert client.get(url)["Location"] == talk.get_absolute_url()


def test_row_leads_to_the_first_unread_post_and_counts_it(
    client: Client, talk: Topic, mia: User
) -> None:
    client.force_login(mia)
    assert f'href="{talk.get_absolute_url()}" dir="auto">Long talk' in list_page(client)
    read_topic(talk, by=mia, number=27)
    page = list_page(client)
    assert f'<a class="title" href="/t/{talk.public_id}/p/new" dir="auto">Long talk' in page
    assert "4 new</a>" in page
    read_topic(talk, by=mia)
    assert '<li class="seen" data-row>' in list_page(client)


def list_page(client: Client, query: str = "") -> str:
    return client.get(f"/discussions{query}").content.decode()


def test_unread_tab_holds_what_is_unread_and_marks_all(
    client: Client, talk: Topic, space: Space, mia: User
) -> None:
    client.force_login(mia)
    page = list_page(client, "?order=unread")
    assert "Long talk" in page
    until = re.findall(r"/reading\?until=(\d+)", page)[0]
    SpaceWatermark.objects.all().delete()
    client.post(f"/reading?until={int(until) + 1}")
    assert "You have read everything" in list_page(client, "?order=unread")


def test_space_is_marked_up_to_the_time_of_the_page(
    client: Client, talk: Topic, space: Space, mia: User
) -> None:
    client.force_login(mia)
    for until in ("1000", "x", "9999999999", "٣"):
        client.post(f"/s/workshop/reading?until={until}")
        row = SpaceWatermark.objects.get(person=mia, space=space)
        expected = 1000 if until == "1000" else timezone.now().timestamp()
        assert abs(row.read_until.timestamp() - expected) < 10


def test_last_visit_divides_a_list(client: Client, space: Space, ada: User, mia: User) -> None:
    now = timezone.now()
    for days in (4, 1):
        make_topic(space, by=ada, title=f"{days} days", at=now - timedelta(days=days))
    Visit.objects.create(person=mia, last_at=now, before_at=now - timedelta(days=2))
    client.force_login(mia)
    for order, divided in {"active": True, "newest": True, "popular": False}.items():
        page = client.get(f"/questions?order={order}").content.decode()
        between = page.partition("1 days</a>")[2].partition("4 days</a>")[0]
        assert ("Last visit," in between) == divided
        assert page.count("Last visit,") == divided


def test_reading_is_limited(client: Client, talk: Topic, mia: User) -> None:
    client.force_login(mia)
    address, told = f"/topics/{talk.public_id}/reading", {"number": "1"}
    # The count starts again with each minute of the clock.
    with time_machine.travel(timezone.now(), tick=False):
        answers = [client.post(address, told).status_code for _ in range(TOLD_PER_MINUTE + 1)]
    assert (set(answers[:-1]), answers[-1]) == ({204}, 429)


def test_pages_record_nothing_by_being_fetched(client: Client, talk: Topic, mia: User) -> None:
    client.force_login(mia)
    for url in (talk.get_absolute_url(), "/discussions", f"/t/{talk.public_id}/p/new", "/"):
        client.get(url, follow=True)
    assert (mark(mia), Visit.objects.count()) == (None, 0)


def test_visit_is_noted(client: Client, mia: User) -> None:
    client.force_login(mia)
    assert client.post("/visits").status_code == 204
    assert Visit.objects.get(person=mia).before_at is None


def test_own_topic_and_own_last_words_are_no_news_to_oneself(
    client: Client, space: Space, ada: User, ben: User
) -> None:
    add_member(space, ada, actor=ada)
    topic = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    client.force_login(ada)
    assert "First unread" not in client.get(topic.get_absolute_url()).content.decode()
    make_reply(topic, by=ben)
    topic.refresh_from_db()
    assert "First unread" in client.get(topic.get_absolute_url()).content.decode()
    make_reply(topic, by=ada)
    assert "First unread" in client.get(topic.get_absolute_url()).content.decode()
