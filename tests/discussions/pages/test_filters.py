"""Filters of lists: what each leaves, what an address may say, and that it tells no secrets."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from discussions.answers.actions import accept_answer
from discussions.pages import listing
from discussions.topics.actions import close_topic, pin_topic
from discussions.topics.models import Kind
from tests.factories.discussions import make_answer, make_topic

pytestmark = pytest.mark.slow

ROW = re.compile(r'<a class="title" href="[^"]*" dir="auto">([^<]*)</a>')
CHIP = re.compile(r'<a class="pill" href="([^"]*)" aria-label="Take away ([^"]*)"')
ERROR = re.compile(r'<ul class="errors"[^>]*><li>.*?</svg>([^<]*)</li>')


@pytest.fixture
def topics(space: Space, mia: User, ada: User, ben: User) -> None:
    day = datetime(2026, 10, 1, 12, tzinfo=UTC)
    solved = make_topic(space, by=ada, title="Solved", tags=["vpn"], at=day)
    accept_answer(make_answer(solved, by=ben, at=day), by=ada)
    later = day + timedelta(days=1)
    closed = make_topic(space, by=ben, title="Closed", tags=["cats"], at=later)
    close_topic(closed, by=mia, reason="Done")
    make_answer(make_topic(space, by=ada, title="Open", tags=["vpn", "cats"], at=later), by=ben)
    make_topic(space, by=ben, title="Talk", kind=Kind.DISCUSSION, at=day + timedelta(days=2))


def titles(client: Client, url: str) -> set[str]:
    return set(ROW.findall(client.get(url).content.decode()))


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("kind=discussion", {"Talk"}),
        ("kind=question", {"Solved", "Closed", "Open"}),
        ("state=open", {"Open", "Talk"}),
        ("state=closed", {"Closed"}),
        ("state=solved", {"Solved"}),
        ("state=unanswered", {"Closed"}),
        ("tag=vpn", {"Solved", "Open", "Talk"}),
        ("tag=CATS&by=ada", {"Open"}),
        ("by=@ben", {"Closed", "Talk"}),
        ("since=2026-10-02", {"Closed", "Open", "Talk"}),
        ("until=2026-10-02", {"Solved", "Closed", "Open"}),
        ("since=2026-10-02&until=2026-10-02&state=open", {"Open"}),
        ("state=solved&by=ben", set()),
        ("", {"Solved", "Closed", "Open", "Talk"}),
    ],
)
def test_each_filter_leaves_what_it_names(
    client: Client, topics: None, zed: User, query: str, left: set[str]
) -> None:
    client.force_login(zed)
    assert titles(client, f"/s/workshop?{query}") == left


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind=question", "Choose one from the list: Kind."),
        ("tag=none", "There is no tag with this name: none."),
        ("by=nobody", "There is nobody with this handle: nobody."),
        ("since=x", "Write the day as year, month and day, such as 2026-11-24."),
        ("until=2026-99-01", "Write the day as year, month and day, such as 2026-11-24."),
        ("since=0001-01-01", "Choose a day between 1970 and 2999."),
        ("until=9999-12-31", "Choose a day between 1970 and 2999."),
        ("since=2026-10-02&until=2026-10-01", "Choose a last day that isn&#x27;t before"),
        ("tag=" + "x" * 36, "at most 35 characters"),
    ],
)
def test_bad_value_is_answered_with_a_sentence_and_the_rest_holds(
    client: Client, topics: None, zed: User, query: str, sentence: str
) -> None:
    client.force_login(zed)
    page = client.get(f"/discussions?{query}&by=ben").content.decode()
    page = (
        page if "by=nobody" not in query else client.get(f"/discussions?{query}").content.decode()
    )
    assert [sentence in error for error in ERROR.findall(page)] == [True]
    assert ROW.findall(page) == ["Talk"]


def test_unknown_state_is_answered_with_a_sentence(client: Client, topics: None, zed: User) -> None:
    client.force_login(zed)
    page = client.get("/discussions?state=solved").content.decode()
    assert ERROR.findall(page) == ["Choose one from the list: State."]
    assert ROW.findall(page) == ["Talk"]


def test_chips_take_one_filter_away_and_keep_the_order(
    client: Client, topics: None, zed: User
) -> None:
    client.force_login(zed)
    page = client.get("/questions?order=newest&tag=vpn&by=ada&since=2026-10-01").content.decode()
    assert [(url.replace("&amp;", "&"), text) for url, text in CHIP.findall(page)] == [
        ("?by=ada&since=2026-10-01&order=newest", "Tag: vpn"),
        ("?tag=vpn&since=2026-10-01&order=newest", "Started by (handle): Ada"),
        ("?tag=vpn&by=ada&order=newest", "Started on or after: 1 Oct 2026"),
    ]
    assert "?order=popular&amp;tag=vpn&amp;by=ada" in page
    assert '<input type="hidden" name="order" value="newest">' in page


def test_pages_of_a_filtered_list_stay_filtered(
    client: Client, topics: None, space: Space, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "ROWS", 1)
    client.force_login(ada)
    seen, url = [], "?tag=vpn"
    while url:
        page = client.get(f"/questions{url}").content.decode()
        seen += ROW.findall(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = following[1].replace("&amp;", "&") if following else ""
    assert seen == ["Open", "Solved"]


def test_filtered_space_has_its_pinned_topics_among_the_others(
    client: Client, space: Space, mia: User
) -> None:
    pinned = make_topic(space, by=mia, title="Pinned", tags=["vpn"])
    pin_topic(pinned, by=mia, until=timezone.now() + timedelta(days=1))
    make_topic(space, by=mia, title="Other", tags=["cats"])
    client.force_login(mia)
    assert ROW.findall(client.get("/s/workshop?tag=vpn").content.decode()) == ["Pinned"]
    assert titles(client, "/s/workshop?tag=cats") == {"Other"}


def test_nothing_that_fits_offers_the_whole_list(client: Client, topics: None, zed: User) -> None:
    client.force_login(zed)
    page = client.get("/questions?state=solved&by=ben").content.decode()
    assert "Nothing fits these filters" in page


def test_stranger_learns_nothing_of_a_hidden_tag(
    client: Client, secret: Space, ada: User, zed: User
) -> None:
    make_topic(secret, by=ada, title="Canary", tags=["canarytag"])
    client.force_login(ada)
    assert titles(client, "/questions?tag=canarytag") == {"Canary"}
    client.force_login(zed)
    hidden, missing = (
        client.get(f"/questions?tag={name}").content.decode() for name in ("canarytag", "zebratag0")
    )
    assert ERROR.findall(hidden) == ["There is no tag with this name: canarytag."]
    assert ERROR.findall(missing) == ["There is no tag with this name: zebratag0."]


def test_tag_and_author_cost_one_query_each(
    client: Client, topics: None, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(ada)
    with django_assert_num_queries(9):
        client.get("/questions?state=open&since=2026-01-01")
    with django_assert_num_queries(11):
        client.get("/questions?tag=vpn&by=ada")
