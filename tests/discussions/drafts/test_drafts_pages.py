"""Drafts in the forms that they belong to, and their list."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Membership, Role, Space
from discussions.drafts.actions import save_draft
from discussions.drafts.models import Draft
from discussions.drafts.places import Form, Place
from discussions.drafts.queries import drafts_of
from discussions.topics.actions import edit_post
from discussions.topics.models import Kind, Post, Topic
from tests.factories.discussions import make_reply, make_topic, opening

pytestmark = pytest.mark.slow

RESTORED = "Restored from your draft"


def on(topic: Topic) -> Place:
    return Place(Form.TOPIC, topic.public_id)


def body(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_topic_opens_with_what_was_begun(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    save_draft(on(question), {"source": "Half an answer"}, by=ben)
    client.force_login(ben)
    html = body(client, question.get_absolute_url())
    assert "Half an answer</textarea>" in html
    assert RESTORED in html
    assert 'name="draft_version" value="1"' in html
    client.force_login(ada)
    html = body(client, question.get_absolute_url())
    assert ("Half an answer" in html, RESTORED in html) == (False, False)


def test_quote_stands_behind_the_draft(client: Client, question: Topic, ben: User) -> None:
    save_draft(on(question), {"source": "Half an answer"}, by=ben)
    client.force_login(ben)
    html = body(client, f"{question.get_absolute_url()}?quote=1")
    assert "Half an answer\n\n&gt; **Ada**, 1:" in html


def test_reply_goes_where_the_address_says(
    client: Client, space: Space, ada: User, ben: User
) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    first, second = make_reply(talk, by=ben), make_reply(talk, by=ben)
    save_draft(on(talk), {"source": "x", "reply_to": first.public_id}, by=ada)
    client.force_login(ada)
    for query, to in (("", first), ("?reply=3", second)):
        html = body(client, f"{talk.get_absolute_url()}{query}")
        assert f'name="reply_to" value="{to.public_id}"' in html


def test_asking_goes_on_and_a_switch_keeps_what_was_typed(
    client: Client, space: Space, ada: User
) -> None:
    texts = {"title": "Why?", "kind": "discussion", "space": "workshop", "tags": "vpn"}
    save_draft(Place(Form.START), texts, by=ada)
    client.force_login(ada)
    html = body(client, "/ask")
    assert 'value="Why?"' in html
    assert "<h1>Start a discussion</h1>" in html
    assert 'value="workshop" selected' in html
    typed = {"title": "Since when?", "switch": "question", "draft_version": "1"}
    html = client.post("/ask", typed).content.decode()
    assert 'value="Since when?"' in html
    assert RESTORED not in html
    assert "data-draft-typed" in html


@pytest.mark.parametrize(
    ("query", "title", "slug"),
    [
        ("", "Ask a question", "workshop"),
        ("?kind=nonsense", "Ask a question", "workshop"),
        ("?kind=discussion&space=backroom", "Start a discussion", "workshop"),
        ("?kind=article", "Write down know-how", "workshop"),
        ("?kind=announcement", "Announce something", ""),
        ("?kind=announcement&space=backroom", "Announce something", "backroom"),
    ],
)
def test_draft_goes_on_as_the_kind_that_the_address_asks_for(
    client: Client, space: Space, closed: Space, ada: User, query: str, title: str, slug: str
) -> None:
    """Its space only where this kind may be written there."""
    Membership.objects.filter(space=closed, person=ada).update(role=Role.MODERATOR)
    texts = {"title": "Why?", "kind": "question", "space": "workshop", "tags": "vpn"}
    save_draft(Place(Form.START), texts, by=ada)
    client.force_login(ada)
    response = client.get(f"/ask{query}")
    form = response.context["form"]
    html = response.content.decode()
    assert (f"<h1>{title}</h1>" in html, RESTORED in html) == (True, True)
    assert [form[name].value() for name in ("title", "tags", "space")] == ["Why?", "vpn", slug]


@pytest.mark.parametrize("version", ["1", "x"])
def test_sent_text_takes_its_draft_along(
    client: Client, question: Topic, ben: User, version: str
) -> None:
    """Not one that another tab wrote on: it is no text that was sent."""
    save_draft(on(question), {"source": "Half an answer"}, by=ben)
    client.force_login(ben)
    address = f"/topics/{question.public_id}/answers"
    client.post(address, {"source": "An answer", "draft_version": version})
    assert question.posts.count() == 2
    assert drafts_of(ben).exists() == (version == "x")


def test_refused_text_leaves_its_draft(client: Client, question: Topic, ben: User) -> None:
    save_draft(on(question), {"source": "Half an answer"}, by=ben)
    client.force_login(ben)
    address = f"/topics/{question.public_id}/answers"
    sent = {"source": "x" * 50_001, "draft_version": "1"}
    assert client.post(address, sent).status_code == 422
    assert drafts_of(ben).count() == 1


def test_each_form_takes_its_draft_along(
    client: Client, space: Space, question: Topic, ada: User
) -> None:
    post = opening(question)
    sent = {
        Place(Form.START): ("/ask", {"kind": "question", "title": "Why?", "source": "x"}),
        Place(Form.SHARE): ("/share", {"url": "https://example.org/a", "title": "A page"}),
        Place(Form.COMMENT, post.public_id): (f"/posts/{post.public_id}/comments", {}),
        Place(Form.EDIT, post.public_id): (f"/posts/{post.public_id}/edit", {"title": "New?"}),
    }
    client.force_login(ada)
    common = {"source": "Text", "space": "workshop", "tags": "vpn", "version": "1"}
    for place, (address, typed) in sent.items():
        save_draft(place, {"source": "Begun"}, by=ada)
        assert "Begun" in body(client, address)
        answer = client.post(address, common | typed | {"draft_version": "1"})
        assert answer.status_code == 303, place
        assert not drafts_of(ada).exists(), place


def test_edit_goes_on_from_its_version(
    client: Client, question: Topic, ada: User, mia: User
) -> None:
    post = opening(question)
    save_draft(Place(Form.EDIT, post.public_id), {"source": "Mine", "version": "1"}, by=ada)
    edit_post(post, by=mia, source="Theirs", based_on=1)
    client.force_login(ada)
    html = body(client, f"/posts/{post.public_id}/edit")
    assert "Mine</textarea>" in html
    typed = {"title": "T?", "tags": "vpn", "source": "Mine", "version": "1", "draft_version": "1"}
    answer = client.post(f"/posts/{post.public_id}/edit", typed)
    html = answer.content.decode()
    assert (answer.status_code, "Theirs" in html, "Mine" in html) == (409, True, True)
    assert RESTORED not in html


def test_edit_that_is_saved_already_is_no_draft(client: Client, question: Topic, ada: User) -> None:
    post = opening(question)
    save_draft(Place(Form.EDIT, post.public_id), {"source": "New", "version": "1"}, by=ada)
    edit_post(post, by=ada, source="New", based_on=1)
    client.force_login(ada)
    html = body(client, f"/posts/{post.public_id}/edit")
    assert RESTORED not in html
    assert 'name="version" value="2"' in html


def test_list_names_what_each_draft_is_about(
    client: Client, question: Topic, secret: Space, ada: User, zed: User
) -> None:
    save_draft(Place(Form.START), {"title": "Why is it so?"}, by=zed)
    save_draft(on(question), {"source": "Try *this*"}, by=zed)
    hidden = make_topic(secret, by=ada, title="Heron")
    Draft.objects.create(person=zed, place=str(on(hidden)), texts={"source": "I think"})
    client.force_login(zed)
    html = body(client, "/drafts")
    assert "Why is it so?" in html
    assert f'href="{question.get_absolute_url()}#compose"' in html
    assert "Try *this*" in html
    assert ("Heron" in html, hidden.public_id in html) == (False, False)
    assert "What this is about is no longer here for you." in html
    assert "I think</textarea>" in html
    client.force_login(ada)
    html = body(client, "/drafts")
    assert "Try *this*" not in html
    assert "No drafts" in html


def test_deleting_can_be_undone(client: Client, ada: User, zed: User) -> None:
    draft = save_draft(Place(Form.START), {"title": "One"}, by=ada)
    client.force_login(zed)
    assert client.post(f"/drafts/{draft.public_id}/deletion").status_code == 404
    client.force_login(ada)
    html = client.post(f"/drafts/{draft.public_id}/deletion", follow=True).content.decode()
    assert f'action="/drafts/{draft.public_id}/restoration"' in html
    assert not drafts_of(ada).exists()
    client.post(f"/drafts/{draft.public_id}/restoration")
    assert drafts_of(ada).count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow_with_drafts(
    client: Client,
    space: Space,
    ada: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        topic = make_topic(space, by=ada)
        save_draft(on(topic), {"source": "x"}, by=ada)
        post = Post.objects.get(topic=topic)
        save_draft(Place(Form.COMMENT, post.public_id), {"source": "x"}, by=ada)
    client.force_login(ada)
    body(client, "/drafts")
    with django_assert_num_queries(8):
        body(client, "/drafts")


def test_pages_of_the_list_hold_each_draft_once(client: Client, space: Space, ada: User) -> None:
    for number in range(12):
        save_draft(on(make_topic(space, by=ada)), {"source": f"text {number}."}, by=ada)
    client.force_login(ada)
    first = client.get("/drafts")
    second = client.get(f"/drafts{first.context['older_url']}")
    seen = [one.source for page in (first, second) for one in page.context["drafts"]]
    assert seen == [f"text {number}." for number in reversed(range(12))]
