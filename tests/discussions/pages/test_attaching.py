"""Files in the forms of texts, for browsers without scripts."""

import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.accounts.models import User
from community.attachments.models import Attachment
from community.files.models import File
from community.spaces.models import Space
from discussions.pages import attaching
from discussions.topics.actions import close_topic
from discussions.topics.models import Post, Topic
from tests.factories.discussions import make_answer, opening
from tests.factories.files import picture_bytes

pytestmark = pytest.mark.slow


def plan() -> SimpleUploadedFile:
    return SimpleUploadedFile("the [plan].png", picture_bytes())


def notes(content: bytes = b"Words\n") -> SimpleUploadedFile:
    return SimpleUploadedFile("notes.txt", content)


@pytest.fixture
def browser_of_ada(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def test_question_carries_its_files(browser_of_ada: Client, space: Space) -> None:
    typed: dict[str, Any] = {
        "kind": "question",
        "title": "What is wrong here?",
        "source": "Look:\n",
        "space": space.slug,
        "tags": "vpn",
        "files": [plan(), notes()],
    }
    assert browser_of_ada.post("/ask", typed).status_code == 303

    picture, words = File.objects.order_by("pk")
    post = Post.objects.get()
    assert post.source == (
        f"Look:\n\n![the \\[plan\\]]({picture.get_absolute_url()})"
        f"\n\n[notes.txt]({words.get_absolute_url()})"
    )
    assert 'alt="the [plan]"' in post.html
    assert Attachment.objects.filter(kind="post", object_id=post.pk).count() == 2


def test_file_alone_makes_an_answer(browser_of_ada: Client, question: Topic) -> None:
    browser_of_ada.post(f"/topics/{question.public_id}/answers", {"source": "", "files": notes()})
    assert question.posts.get(number=2).source.startswith("[notes.txt](/f/")


def test_comment_and_edit_carry_files_too(
    browser_of_ada: Client, question: Topic, ada: User
) -> None:
    answer = make_answer(question, by=ada)
    comment = {"source": "See", "files": notes()}
    browser_of_ada.post(f"/posts/{answer.public_id}/comments", comment)
    edit = {"source": "Look", "version": "1", "files": notes()}
    browser_of_ada.post(f"/posts/{answer.public_id}/edit", edit)
    answer.refresh_from_db()
    sources = [answer.source, question.posts.get(kind="comment").source]
    assert [re.sub(r"/f/\w+/", "/f/ID/", source) for source in sources] == [
        "Look\n\n[notes.txt](/f/ID/notes.txt)",
        "See\n\n[notes.txt](/f/ID/notes.txt)",
    ]


def test_refused_file_stops_the_post_and_keeps_the_rest(
    browser_of_ada: Client, question: Topic
) -> None:
    typed = {"source": "Look", "files": [notes(), notes(b"MZ\0")]}
    answer = browser_of_ada.post(f"/topics/{question.public_id}/answers", typed)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "notes.txt: Files of this type can&#x27;t be attached." in html
    assert f"Look\n\n[notes.txt](/f/{File.objects.get().public_id}/notes.txt)</textarea>" in html
    assert question.posts.count() == 1


def test_preview_shows_the_picture_that_came_with_it(
    browser_of_ada: Client, question: Topic
) -> None:
    typed = {"source": "Look", "files": plan(), "preview": "1"}
    html = browser_of_ada.post(f"/topics/{question.public_id}/answers", typed).content.decode()
    assert f'<img src="/f/{File.objects.get().public_id}/' in html
    assert question.posts.count() == 1


def test_preview_shows_only_what_the_viewer_may_see(
    client: Client, browser_of_ada: Client, question: Topic, zed: User
) -> None:
    browser_of_ada.post("/files", {"file": plan()})
    text = {"text": f"![a]({File.objects.get().get_absolute_url()})"}
    assert b"<img" in browser_of_ada.post("/preview", text).content
    client.force_login(zed)
    assert b"<img" not in client.post("/preview", text).content
    assert opening(question).number == 1


def test_file_with_a_text_that_may_not_be_edited_is_not_kept(
    browser_of_ada: Client, question: Topic, ben: User
) -> None:
    answer = make_answer(question, by=ben)
    sent = {"source": "Mine now", "version": 1, "reason": "", "files": notes()}
    refused = browser_of_ada.post(f"/posts/{answer.public_id}/edit", sent)
    assert refused.status_code == 422
    assert "Mine now" in refused.content.decode()
    assert not File.objects.exists()


def test_file_for_a_closed_topic_is_not_kept(
    browser_of_ada: Client, question: Topic, mia: User
) -> None:
    close_topic(question, by=mia, reason="Done")
    sent = {"source": "Late", "files": notes()}
    for path in ("answers", "replies"):
        browser_of_ada.post(f"/topics/{question.public_id}/{path}", sent)
    browser_of_ada.post(f"/posts/{opening(question).public_id}/comments", sent)
    assert not File.objects.exists()


def test_files_in_forms_count_with_the_others(
    browser_of_ada: Client, question: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "FILES_A_MINUTE", 1)
    with time_machine.travel("2026-11-24T12:00:20Z"):
        sent = {"source": "Two", "files": [notes(b"One"), notes(b"Two")]}
        refused = browser_of_ada.post(f"/topics/{question.public_id}/answers", sent)
    assert refused.status_code == 422
    assert "At most 1 files are sent in a minute." in refused.content.decode()
    assert question.posts.count() == 1
