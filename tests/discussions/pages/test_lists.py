"""Lists of topics: tabs, pages by key, what is left out, and counts of queries."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from discussions.answers.actions import accept_answer
from discussions.tags.actions import prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.topics.actions import pin_topic
from discussions.topics.models import Kind, Topic
from tests.factories.discussions import make_answer, make_reply, make_topic, opening

pytestmark = pytest.mark.slow

ROW = re.compile(r'<a class="title" href="[^"]*" dir="auto">([^<]*)</a>')
OLDER = re.compile(r'rel="next" href="([^"]+)"')


def titles(client: Client, url: str) -> list[str]:
    response = client.get(url)
    assert response.status_code == 200
    return ROW.findall(response.content.decode())


def test_questions_and_discussions_are_kept_apart(
    client: Client, space: Space, ada: User, ben: User
) -> None:
    make_topic(space, by=ada, title="Question")
    make_topic(space, by=ada, title="Talk", kind=Kind.DISCUSSION)
    make_topic(space, by=ada, title="Guide", kind=Kind.ARTICLE)
    client.force_login(ben)
    assert titles(client, "/questions") == ["Question"]
    assert titles(client, "/discussions") == ["Guide", "Talk"]
    assert titles(client, "/s/workshop") == ["Guide", "Talk", "Question"]


def test_pages_neither_double_nor_drop_a_row_while_rows_are_added(
    client: Client, space: Space, ada: User
) -> None:
    expected = [make_topic(space, by=ada).title for _ in range(60)][::-1]
    client.force_login(ada)
    seen, url = [], "/questions?order=newest"
    while url:
        page = client.get(url).content.decode()
        seen += ROW.findall(page)
        make_topic(space, by=ada, title="Added meanwhile")
        following = OLDER.search(page)
        url = "/questions" + following[1].replace("&amp;", "&") if following else ""
    assert seen == expected


def test_newer_leads_back_to_the_same_page(client: Client, space: Space, ada: User) -> None:
    for _ in range(30):
        make_topic(space, by=ada)
    client.force_login(ada)
    first = titles(client, "/questions")
    page = client.get("/questions").content.decode()
    second = client.get(
        "/questions" + OLDER.findall(page)[0].replace("&amp;", "&")
    ).content.decode()
    back = re.findall(r'rel="prev" href="([^"]+)"', second)[0].replace("&amp;", "&")
    assert titles(client, f"/questions{back}") == first


@pytest.mark.parametrize("url", ["/questions", "/discussions", "/tags/vpn"])
def test_stranger_sees_nothing_of_closed_and_secret_spaces(
    client: Client, closed: Space, secret: Space, space: Space, ada: User, zed: User, url: str
) -> None:
    kind = Kind.DISCUSSION if url == "/discussions" else Kind.QUESTION
    for place in (closed, secret):
        assert not place.memberships.filter(person=zed).exists()
        make_topic(place, by=ada, title="Canary", kind=kind)
    make_topic(space, by=ada, title="Open", kind=kind)
    client.force_login(ada)
    assert titles(client, url) == ["Open", "Canary", "Canary"]
    client.force_login(zed)
    assert titles(client, url) == ["Open"]


def test_muted_tags_are_left_out_of_the_lists_save_what_one_wrote(
    client: Client, space: Space, ada: User, ben: User
) -> None:
    make_topic(space, by=ada, title="Mine", tags=["noise"])
    make_topic(space, by=ben, title="Theirs", tags=["noise", "vpn"])
    make_topic(space, by=ben, title="Fine", tags=["vpn"])
    prefer_tag(Tag.objects.get(name="noise"), by=ada, level=TagPreference.Level.MUTE)
    client.force_login(ada)
    assert titles(client, "/questions") == ["Fine", "Mine"]
    assert titles(client, "/s/workshop") == ["Fine", "Theirs", "Mine"]


@pytest.mark.parametrize(
    ("url", "queries"),
    [("/questions", 9), ("/discussions", 9), ("/s/workshop", 14), ("/tags/vpn", 12)],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow_with_rows(
    client: Client,
    space: Space,
    ada: User,
    ben: User,
    url: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    kind = Kind.DISCUSSION if url == "/discussions" else Kind.QUESTION
    for _ in range(rows):
        topic = make_topic(space, by=ada, kind=kind, tags=["vpn", "more"])
        post = make_answer(topic, by=ben) if kind == Kind.QUESTION else make_reply(topic, by=ben)
        if kind == Kind.QUESTION:
            accept_answer(post, by=ada)
    client.force_login(ada)
    with django_assert_num_queries(queries):
        assert len(titles(client, url)) == rows


def test_pinned_topics_stand_on_top_once(
    client: Client, space: Space, mia: User, ada: User
) -> None:
    pinned = make_topic(space, by=mia, title="Pinned")
    make_topic(space, by=ada, title="Later")
    pin_topic(pinned, by=mia, until=timezone.now() + timedelta(days=1))
    client.force_login(ada)
    assert titles(client, "/s/workshop") == ["Pinned", "Later"]
    assert titles(client, "/s/workshop?order=newest") == ["Later", "Pinned"]


def test_closed_space_shows_its_face_to_others_and_nothing_inside(
    client: Client, closed: Space, ada: User, zed: User
) -> None:
    make_topic(closed, by=ada, title="Canary", tags=["canary"])
    client.force_login(zed)
    response = client.get("/s/backroom")
    page = response.content.decode()
    assert response.status_code == 200
    assert ("Backroom" in page, "Mia" in page, "canary" in page.lower()) == (True, True, False)


def test_secret_space_is_as_good_as_missing(
    client: Client, secret: Space, ada: User, zed: User
) -> None:
    make_topic(secret, by=ada, title="Canary")
    client.force_login(zed)
    hidden, missing = client.get("/s/cellar"), client.get("/s/nowhere")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_former_slug_leads_on(client: Client, space: Space, mia: User) -> None:
    from community.spaces.actions import SpaceSettings, edit_space

    edit_space(space, SpaceSettings(name="Studio"), by=mia)
    client.force_login(mia)
    response = client.get("/s/workshop")
    assert (response.status_code, response.headers["Location"]) == (302, "/s/studio")


def test_row_says_what_happened(client: Client, question: Topic, ada: User, ben: User) -> None:
    accept_answer(make_answer(question, by=ben), by=ada)
    client.force_login(ben)
    page: Any = client.get("/questions").content.decode()
    assert '<div class="answers solved"><b>1</b><span>solved</span></div>' in page
    assert f'href="/t/{question.public_id}/p/2"' in page
    assert 'aria-label="Ben, Ada"' in page
    assert opening(question).public_id not in page


@pytest.mark.parametrize(
    ("url", "ask_url"),
    [
        ("/questions", "/ask"),
        ("/s/workshop", "/ask?space=workshop"),
        ("/s/workshop/members", "/ask?space=workshop"),
        ("/s/workshop/about", "/ask?space=workshop"),
        ("/tags/c%23", "/ask?tags=c%23"),
    ],
)
def test_button_of_the_shell_asks_where_one_is(
    client: Client, space: Space, ada: User, url: str, ask_url: str
) -> None:
    make_topic(space, by=ada, tags=["c#"])
    client.force_login(ada)

    page = client.get(url).content.decode()

    assert re.findall(r'href="([^"]+)" aria-keyshortcuts="c"', page) == [ask_url]
    form = client.get(ask_url).context["form"]
    wished = {"space": "workshop" if "space=" in ask_url else ""}
    wished["tags"] = "c#" if "tags=" in ask_url else ""
    assert {name: form[name].value() for name in wished} == wished


def test_button_of_the_shell_names_no_space_that_one_cannot_read(
    client: Client, closed: Space, zed: User
) -> None:
    client.force_login(zed)

    page = client.get("/s/backroom").content.decode()

    assert re.findall(r'href="([^"]+)" aria-keyshortcuts="c"', page) == ["/ask"]


def test_those_who_look_after_a_space_announce_from_its_page(
    client: Client, space: Space, ada: User, mia: User
) -> None:
    button = f"/ask?kind=announcement&amp;space={space.slug}"
    for person, is_shown in ((mia, True), (ada, False)):
        client.force_login(person)
        assert (button in client.get(space.url).content.decode()) is is_shown
