"""One page of a topic for many readers: kept fragments, what differs, what it costs."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.pages import fragments
from discussions.reactions.actions import cast_vote
from discussions.topics.actions import close_topic, reopen_topic
from discussions.topics.models import Kind, Post, Topic, TopicLink
from tests.discussions.pages.reading import page, shown
from tests.factories.discussions import (
    make_answer,
    make_comment,
    make_reply,
    make_topic,
    opening,
)

pytestmark = pytest.mark.slow


def test_deleted_answer_stands_there_for_those_who_may_restore_it(
    client: Client, question: Topic, ada: User, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben, source="Canary")
    remove_post(answer, by=ben)
    found = {}
    for person in (ada, ben, mia):
        client.force_login(person)
        html = page(client, question)
        found[person.name] = ("Canary" in html, f"/posts/{answer.public_id}/restoration" in html)
    assert found == {"Ada": (False, False), "Ben": (True, True), "Mia": (True, True)}


def test_deleted_topic_says_so_and_offers_to_bring_it_back(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    remove_post(opening(question), by=ada)
    client.force_login(ada)
    html = page(client, question)
    assert "This topic is deleted" in html
    assert "Post answer" not in html
    client.force_login(ben)
    assert client.get(question.get_absolute_url()).status_code == 404


def test_related_topics_are_those_that_the_viewer_reads(
    client: Client, question: Topic, space: Space, secret: Space, ada: User, zed: User
) -> None:
    hidden = make_topic(secret, by=ada, title="Canary")
    open_one = make_topic(space, by=ada, title="Open twin")
    original = make_topic(space, by=ada, title="Asked first")
    for other in (hidden, open_one):
        TopicLink.objects.create(source=question, target=other, kind=TopicLink.Kind.RELATED)
    TopicLink.objects.create(source=question, target=original, kind=TopicLink.Kind.DUPLICATE)
    TopicLink.objects.create(source=question, target=hidden, kind=TopicLink.Kind.DUPLICATE)
    client.force_login(ada)
    assert page(client, question).count("Canary") == 1
    client.force_login(zed)
    html = page(client, question)
    assert ("Canary" in html, "Open twin" in html) == (False, True)
    assert "This was asked before:" in html.split("Asked first")[0]


def test_fragments_hold_nothing_of_the_viewer_and_the_block_all(
    client: Client, question: Topic, ada: User, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben)
    cast_vote(answer, by=ada, value=1)
    client.force_login(ada)
    response = client.get(question.get_absolute_url())
    assert response.context["viewer"] == {
        "me": ada.public_id,
        "moderates": False,
        "votes": {answer.public_id: 1},
        "saved": [],
        "read_to": None,
    }
    client.force_login(mia)
    assert client.get(question.get_absolute_url()).context["viewer"] == {
        "me": mia.public_id,
        "moderates": True,
        "votes": {},
        "saved": [],
        "read_to": 0,
    }


def test_kept_fragments_never_show_one_person_what_another_may_see(
    client: Client, question: Topic, ada: User, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben, source="Canary")
    client.force_login(ada)
    assert "Canary" in page(client, question)
    remove_post(answer, by=ben)
    seen = []
    for person in (mia, ben, ada, mia, ada):
        client.force_login(person)
        seen.append("Canary" in page(client, question))
    assert seen == [True, True, False, True, False]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.DISCUSSION])
def test_number_of_queries_does_not_grow_with_posts(
    client: Client,
    space: Space,
    ada: User,
    ben: User,
    mia: User,
    rows: int,
    kind: Kind,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fragments, "SECONDS_WHILE_FRESH", 10**9)
    topic = make_topic(space, by=ada, kind=kind, tags=["a", "b", "c"][:rows])
    for _ in range(rows):
        if kind == Kind.QUESTION:
            post = make_answer(topic, by=ben)
        else:
            post = make_reply(topic, by=ben, reply_to=opening(topic))
        make_comment(post, by=mia)
        cast_vote(post, by=ada, value=1)
        other = make_topic(space, by=mia)
        TopicLink.objects.create(source=topic, target=other, kind=TopicLink.Kind.RELATED)
        close_topic(topic, by=mia, reason="x")
        reopen_topic(topic, by=mia)
    client.force_login(ada)
    with django_assert_num_queries(15):
        html = page(client, topic)
    with django_assert_num_queries(10):
        assert shown(page(client, topic)) == shown(html)
    assert shown(html) == [
        1,
        *Post.objects.filter(topic=topic, kind__in=["answer", "reply"])
        .order_by("number")
        .values_list("number", flat=True),
    ]
