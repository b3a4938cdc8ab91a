"""How a text will look, with scripts and without."""

from typing import Any

import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Topic
from tests.factories.discussions import make_topic


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "question",
        "space": "workshop",
        "title": "Why?",
        "source": "Because *so*.",
        "tags": "vpn, home-office",
        "key": "k",
    } | fields


def test_preview_without_javascript_keeps_the_form(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    response = client.post("/ask", typed(preview="1"))
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
