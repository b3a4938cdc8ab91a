"""Starting, answering, replying, commenting, editing: what is kept when something is wrong."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.actions import close_topic, delete_post, edit_post
from discussions.topics.models import Kind, Post, Topic
from tests.factories.discussions import make_answer, make_comment, make_reply, make_topic, opening


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "question",
        "space": "workshop",
        "title": "Why?",
        "source": "Because *so*.",
        "tags": "vpn, home-office",
        "key": "k",
    } | fields


def test_asking_leads_to_the_new_topic(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    response = client.post("/ask", typed())
    topic = Topic.objects.get()
    assert (response.status_code, response.headers["Location"]) == (303, topic.get_absolute_url())
    assert (topic.title, topic.space, topic.author, topic.kind) == ("Why?", space, ada, "question")
    assert [row.tag.name for row in topic.topic_tags.select_related("tag")] == [
        "vpn",
        "home-office",
    ]
    again = client.post("/ask", typed(title="Sent twice"))
    assert again.headers["Location"] == topic.get_absolute_url()
    assert Topic.objects.count() == 1


def test_form_starts_as_the_link_asks(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    response = client.get("/ask?space=workshop&kind=article&title=How%20so&tags=vpn")
    form = response.context["form"]
    assert [form[name].value() for name in ("space", "kind", "title", "tags")] == [
        "workshop",
        "article",
        "How so",
        "vpn",
    ]
    assert len(form["key"].value()) > 15
    odd = client.get("/ask?space=nowhere&kind=nonsense").context["form"]
    assert [odd[name].value() for name in ("space", "kind")] == ["", "question"]


def test_everything_typed_is_kept_with_a_message_at_each_field(
    client: Client, space: Space, ada: User
) -> None:
    client.force_login(ada)
    response = client.post("/ask", typed(title="x" * 201, tags="a b c d e f", source=" "))
    form = response.context["form"]
    assert response.status_code == 422
    assert {name: form[name].value() for name in ("title", "tags", "source", "key")} == {
        "title": "x" * 201,
        "tags": "a b c d e f",
        "source": " ",
        "key": "k",
    }
    assert {name: len(errors) for name, errors in form.errors.items()} == {
        "title": 1,
        "tags": 1,
        "source": 1,
    }
    assert not Topic.objects.exists()


@pytest.mark.parametrize("kind", ["bogus", ""])
def test_unknown_kind_is_refused_in_a_sentence(
    client: Client, space: Space, ada: User, kind: str
) -> None:
    client.force_login(ada)
    response = client.post("/ask", typed(kind=kind))
    assert response.status_code == 422
    assert "Choose first what it is" in response.content.decode()
    assert not Topic.objects.exists()


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


def test_form_asks_title_details_space_and_tags_in_this_order(
    client: Client, space: Space, ada: User
) -> None:
    client.force_login(ada)
    html = client.get("/ask").content.decode()
    names = re.findall(r'name="(title|source|space|tags|preview)"', html)
    assert names == ["title", "source", "space", "tags", "preview"]
    assert "selected" not in re.findall(r'<option value="workshop"[^>]*>', html)[0]


def test_other_kind_keeps_what_was_typed(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    response = client.post("/ask", typed(switch="discussion"))
    form = response.context["form"]
    assert (response.status_code, response.context["kind"]) == (200, "discussion")
    assert (form["title"].value(), form["source"].value()) == ("Why?", "Because *so*.")
    assert not Topic.objects.exists()


def test_preview_without_javascript_keeps_the_form(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    response = client.post("/ask", typed(preview="1"))
    assert '<p dir="auto">Because <em>so</em>.</p>' in response.content.decode()
    assert response.context["form"]["title"].value() == "Why?"
    assert not Topic.objects.exists()


def test_announcing_is_offered_to_moderators_in_their_spaces(
    client: Client, space: Space, closed: Space, ada: User, mia: User
) -> None:
    client.force_login(ada)
    assert "Announce something" not in client.get("/ask").content.decode()
    response = client.post("/ask", typed(kind="announcement"))
    assert response.status_code == 422
    assert response.context["form"]["source"].value() == "Because *so*."
    client.force_login(mia)
    assert client.post("/ask", typed(kind="announcement")).status_code == 303
    assert Topic.objects.get().kind == Kind.ANNOUNCEMENT


@pytest.mark.parametrize("slug", ["backroom", "cellar"])
def test_stranger_neither_sees_nor_uses_other_spaces(
    client: Client, space: Space, closed: Space, secret: Space, zed: User, ada: User, slug: str
) -> None:
    client.force_login(ada)
    assert f'value="{slug}"' in client.get("/ask").content.decode()
    client.force_login(zed)
    page = client.get("/ask").content.decode()
    assert ("workshop" in page, slug in page) == (True, False)
    errors = [
        client.post("/ask", typed(space=name)).context["form"].errors["space"][0].replace(name, "x")
        for name in (slug, "nowhere")
    ]
    assert errors[0] == errors[1]
    assert not Topic.objects.exists()


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
    delete_post(first, by=ben)
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
    response = client.post(f"/posts/{post.public_id}/comments", {"source": "Hm", "key": "k"})
    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"/t/{question.public_id}/p/2",
    )
    long = client.post(f"/posts/{post.public_id}/comments", {"source": "x" * 2_001})
    assert (long.status_code, long.context["form"]["source"].value()) == (422, "x" * 2_001)


def test_edit_starts_from_the_text_and_stores_a_revision(
    client: Client, question: Topic, ada: User
) -> None:
    post = opening(question)
    client.force_login(ada)
    form = client.get(f"/posts/{post.public_id}/edit").context["form"]
    fields = {name: form[name].value() for name in ("source", "title", "tags", "version")}
    assert fields == {
        "source": post.source,
        "title": "Why does the tunnel drop?",
        "tags": "vpn, networks",
        "version": 1,
    }
    response = client.post(
        f"/posts/{post.public_id}/edit", fields | {"title": "Better", "reason": "clearer"}
    )
    question.refresh_from_db()
    assert (response.status_code, question.title) == (303, "Better")
    assert post.revisions.get(number=2).reason == "clearer"


def test_edit_conflict_shows_both_texts_and_loses_none(
    client: Client, question: Topic, ada: User, mia: User
) -> None:
    post = opening(question)
    edit_post(post, by=mia, source="Mia's words", based_on=1, reason="tidied", title="Mia's title")
    client.force_login(ada)
    fields = {"source": "Ada's words", "title": "Ada's title", "tags": "vpn", "version": "1"}
    response = client.post(f"/posts/{post.public_id}/edit", fields)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Mia&#x27;s words</textarea>" in html
    assert "Mia&#x27;s title" in html
    assert "Ada&#x27;s words</textarea>" in html
    form = response.context["form"]
    assert (form["title"].value(), form["version"].value()) == ("Ada's title", 2)
    saved = client.post(f"/posts/{post.public_id}/edit", fields | {"version": "2"})
    post.refresh_from_db()
    assert (saved.status_code, post.source, post.version) == (303, "Ada's words", 3)


def test_edit_conflict_says_whose_the_other_edit_is(
    client: Client, question: Topic, ada: User, mia: User
) -> None:
    post = opening(question)
    fields = {"source": "New", "title": "t", "tags": "vpn", "version": "1"}
    client.force_login(ada)
    edit_post(post, by=ada, source="In the other tab", based_on=1)
    own = client.post(f"/posts/{post.public_id}/edit", fields).content.decode()
    edit_post(post, by=mia, source="Tidied", based_on=2)
    hers = client.post(f"/posts/{post.public_id}/edit", fields).content.decode()
    assert "You changed this in another tab." in own
    assert ("another tab" in hers, "Mia changed this text" in hers) == (False, True)


def test_others_cannot_edit_but_keep_what_they_typed(
    client: Client, question: Topic, ben: User
) -> None:
    post = opening(question)
    client.force_login(ben)
    assert client.get(f"/posts/{post.public_id}/edit").status_code == 403
    fields = {"source": "Ben's", "title": "t", "tags": "vpn", "version": "1"}
    response = client.post(f"/posts/{post.public_id}/edit", fields)
    assert response.status_code == 422
    post.refresh_from_db()
    assert post.version == 1


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 30])
def test_edit_without_a_sound_version_is_refused(
    client: Client, question: Topic, ada: User, version: str
) -> None:
    post = opening(question)
    client.force_login(ada)
    fields = {"source": "New", "title": "t", "tags": "vpn", "version": version}
    assert client.post(f"/posts/{post.public_id}/edit", fields).status_code in (409, 422)
    post.refresh_from_db()
    assert post.version == 1


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


def test_asking_says_who_will_see_it_and_chooses_no_space(
    client: Client, space: Space, closed: Space, ada: User
) -> None:
    client.force_login(ada)
    form = client.get("/ask").context["form"]
    options = [text for _group, few in form.fields["space"].choices for _slug, text in few]
    assert options == [
        "Choose a space",
        "Backroom (only its members will see it)",
        "Workshop (everybody will see it)",
    ]
    assert '<option value="" selected>' in str(form["space"])
    refused = client.post("/ask", typed(space=""))
    assert refused.context["form"].errors == {"space": ["Choose who will see it."]}


def test_comment_is_not_called_optional(client: Client, question: Topic, ben: User) -> None:
    client.force_login(ben)
    path = f"/posts/{opening(question).public_id}/comments"
    assert "optional" not in client.get(path).content.decode()
    refused = client.post(path, {"source": ""})
    assert refused.context["form"].errors == {"source": ["Write something first."]}
