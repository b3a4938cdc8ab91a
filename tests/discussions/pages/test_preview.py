"""How a text will look, with scripts and without."""

import pytest
import time_machine
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.tags.models import Tag
from discussions.topics.models import Topic
from tests.factories.discussions import make_topic, opening

pytestmark = pytest.mark.slow

TYPED = {"kind": "question", "title": "Why?", "source": "Because *so*.", "preview": "1"}


def test_preview_without_javascript_keeps_the_form(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    response = client.post("/ask", TYPED)
    assert '<p dir="auto">Because <em>so</em>.</p>' in response.content.decode()
    assert response.context["form"]["title"].value() == "Why?"
    assert not Topic.objects.exists()


@pytest.mark.parametrize(
    ("text", "status", "part"),
    [
        ("*x*", 200, "<em>x</em>"),
        ("x" * 50_001, 422, "at most 50,000 characters"),
        ("[" * 10_001, 422, "square brackets"),
        ("<script>alert(1)</script>", 200, "&lt;script&gt;"),
        ("", 200, ""),
    ],
)
def test_preview_renders_or_says_why_not(
    client: Client, ada: User, text: str, status: int, part: str
) -> None:
    client.force_login(ada)
    response = client.post("/preview", {"text": text})
    assert response.status_code == status
    assert part in response.content.decode()
    assert "<script" not in response.content.decode()


def test_preview_names_no_topic_of_a_secret_space(
    client: Client, secret: Space, ada: User, zed: User
) -> None:
    topic = make_topic(secret, by=ada, title="Canary")
    client.force_login(zed)
    html = client.post("/preview", {"text": f"[[t:{topic.public_id}]]"}).content.decode()
    missing = client.post("/preview", {"text": "[[t:2222222222]]"}).content.decode()
    assert html.replace(topic.public_id, "2222222222") == missing


def test_previews_with_and_without_javascript_share_a_limit(
    client: Client, question: Topic, admin: User
) -> None:
    post = opening(question)
    forms = [
        "/ask",
        f"/topics/{question.public_id}/answers",
        f"/posts/{post.public_id}/edit",
        "/tags/vpn/edit",
    ]
    client.force_login(admin)
    with time_machine.travel("2026-11-24T12:00:20Z", tick=False):
        for _ in range(56):
            client.post("/preview", {"text": "x"})
        last = [client.post(path, TYPED).content.decode() for path in forms]
        refused = [client.post(path, TYPED).content.decode() for path in forms]
        scripted = client.post("/preview", {"text": "x"}).status_code

    assert ["<em>so</em>" in page for page in last] == [True] * 4
    for page in refused:
        assert ("<em>so</em>" in page, "Because *so*.</textarea>" in page) == (False, True)
        assert "You looked at many previews. Wait a minute, then try again." in page
    assert scripted == 429


def test_preview_of_a_tag_stores_nothing(client: Client, question: Topic, admin: User) -> None:
    client.force_login(admin)

    client.post("/tags/vpn/edit", TYPED)

    assert Tag.objects.get(name="vpn").description_source == ""


def test_preview_of_an_empty_text_says_so(client: Client, question: Topic, ben: User) -> None:
    client.force_login(ben)

    page = client.post(f"/topics/{question.public_id}/answers", {"preview": "1"}).content.decode()

    assert "There is nothing to show yet." in page
