"""Answering, replying, commenting: what is kept when something is wrong."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from community.accounts.models import User
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.topics.actions import close_topic
from discussions.topics.models import Kind, Post, Topic
from tests.discussions.pages.reading import page
from tests.factories.discussions import make_answer, make_comment, make_reply, make_topic, opening

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("path", "fields", "field", "words"),
    [
        ("/ask", {"space": "nowhere"}, "space", "You can't write there"),
        ("{topic}/pin", {"until": "x"}, "until", "Choose the last day"),
        ("{topic}/pin", {}, "until", "Choose the last day"),
        ("{post}/edit", {"version": "x"}, "version", "Copy your text"),
        ("{post}/edit", {}, "version", "Copy your text"),
        ("{post}/comments", {"source": "x", "key": "k" * 500}, "key", "Load this page again"),
    ],
)
def test_refusals_are_in_our_own_words(
    client: Client,
    question: Topic,
    mia: User,
    path: str,
    fields: dict[str, str],
    field: str,
    words: str,
) -> None:
    client.force_login(mia)
    topic, post = question.public_id, opening(question).public_id
    response = client.post(path.format(topic=f"/topics/{topic}", post=f"/posts/{post}"), fields)
    (error,) = response.context["form"].errors[field]
    assert (response.status_code, error.startswith(words)) == (422, True)
    assert escape(error) in response.content.decode()


def test_answer_is_posted_once_and_shown_at_its_place(
    client: Client, question: Topic, ben: User
) -> None:
    client.force_login(ben)
    path, fields = f"/topics/{question.public_id}/answers", {"source": "So.", "key": "same"}
    client.post(path, fields)
    response = client.post(path, fields)
    assert response.headers["Location"] == f"/t/{question.public_id}/p/2"
    assert [post.source for post in question.posts.filter(kind="answer")] == ["So."]


def test_empty_and_too_long_answers_come_back_with_the_topic(
    client: Client, question: Topic, ben: User
) -> None:
    client.force_login(ben)
    response = client.post(f"/topics/{question.public_id}/answers", {"source": "x" * 50_001})
    assert response.status_code == 422
    assert response.context["form"]["source"].value() == "x" * 50_001
    assert "at most 50,000 characters; this has 50,001" in response.content.decode()
    assert client.post(f"/topics/{question.public_id}/answers", {}).status_code == 422
    long_key = {"source": "x", "key": "k" * 81}
    assert client.post(f"/topics/{question.public_id}/answers", long_key).status_code == 422
    assert question.posts.count() == 1


def test_topic_that_was_closed_meanwhile_gives_the_text_back(
    client: Client, question: Topic, ben: User, mia: User
) -> None:
    close_topic(question, by=mia, reason="Done")
    client.force_login(ben)
    response = client.post(f"/topics/{question.public_id}/answers", {"source": "My long text"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "My long text</textarea>" in html
    assert "This topic is closed" in html
    assert question.posts.count() == 1


def test_reply_goes_to_its_post_and_survives_its_deletion(
    client: Client, space: Space, ada: User, ben: User
) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    first = make_reply(talk, by=ben)
    client.force_login(ada)
    fields = {"source": "Yes", "reply_to": first.public_id, "key": "k"}
    client.post(f"/topics/{talk.public_id}/replies", fields)
    assert talk.posts.get(number=3).parent == first
    remove_post(first, by=ben)
    response = client.post(f"/topics/{talk.public_id}/replies", fields | {"key": "l"})
    assert response.status_code == 422
    assert "Yes</textarea>" in response.content.decode()
    assert "no longer here" in response.content.decode()


def test_comment_form_is_a_page_and_for_htmx_a_part(
    client: Client, question: Topic, ben: User
) -> None:
    post = opening(question)
    client.force_login(ben)
    whole = client.get(f"/posts/{post.public_id}/comments").content.decode()
    part = client.get(f"/posts/{post.public_id}/comments", headers={"HX-Target": "write-1"})
    assert "<main" in whole
    assert "<main" not in part.content.decode()
    assert "<form" in part.content.decode()
    ids = re.findall(r' id="([^"]+)"', page(client, question) + part.content.decode())
    assert sorted(set(ids)) == sorted(ids), "both forms stand on one page"
    response = client.post(f"/posts/{post.public_id}/comments", {"source": "Hm", "key": "k"})
    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"/t/{question.public_id}/p/2",
    )
    long = client.post(f"/posts/{post.public_id}/comments", {"source": "x" * 2_001})
    assert (long.status_code, long.context["form"]["source"].value()) == (422, "x" * 2_001)


def test_comment_is_seen_before_it_is_posted(client: Client, question: Topic, ben: User) -> None:
    client.force_login(ben)
    typed = {"source": "Like *this*", "preview": "1", "key": "k"}
    answer = client.post(f"/posts/{opening(question).public_id}/comments", typed)
    assert answer.status_code == 200
    assert "Like <em>this</em>" in answer.content.decode()
    assert answer.context["form"]["source"].value() == "Like *this*"
    assert question.posts.count() == 1


def test_comment_is_not_called_optional(client: Client, question: Topic, ben: User) -> None:
    client.force_login(ben)
    path = f"/posts/{opening(question).public_id}/comments"
    assert "optional" not in client.get(path).content.decode()
    refused = client.post(path, {"source": ""})
    assert refused.context["form"].errors == {"source": ["Write something first."]}


def test_stranger_writes_nothing_in_a_secret_space(
    client: Client, secret: Space, ada: User, ben: User, zed: User
) -> None:
    topic = make_topic(secret, by=ada)
    answer = make_answer(topic, by=ben)
    make_comment(answer, by=ada)
    assert not secret.memberships.filter(person=zed).exists()
    before = list(Post.objects.order_by("pk").values())
    client.force_login(zed)
    writes = {
        f"/topics/{topic.public_id}/answers": {"source": "x"},
        f"/topics/{topic.public_id}/replies": {"source": "x"},
        f"/topics/{topic.public_id}/closure": {"reason": "x"},
        f"/topics/{topic.public_id}/closure/removal": {},
        f"/topics/{topic.public_id}/pin": {"until": "2030-01-01"},
        f"/topics/{topic.public_id}/pin/removal": {},
        f"/posts/{answer.public_id}/comments": {"source": "x"},
        f"/posts/{answer.public_id}/edit": {"source": "x", "version": "1"},
        f"/posts/{answer.public_id}/deletion": {},
        f"/posts/{answer.public_id}/restoration": {},
        f"/posts/{answer.public_id}/votes": {"value": "1"},
        f"/posts/{answer.public_id}/votes/removal": {},
        f"/posts/{answer.public_id}/acceptance": {},
        f"/posts/{answer.public_id}/acceptance/removal": {},
        f"/posts/{answer.public_id}/revisions/1/rollback": {"version": "1"},
        f"/posts/{answer.public_id}/revisions/1/blanking": {},
    }
    missing = client.post("/posts/2222222222/votes", {"value": "1"}).content
    for path, fields in writes.items():
        response = client.post(path, fields)
        assert (path, response.status_code, response.content) == (path, 404, missing)
    assert list(Post.objects.order_by("pk").values()) == before
