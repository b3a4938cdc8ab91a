"""Editing a post, also when somebody else edited it in the meantime."""

import pytest
from django.test import Client

from community.accounts.models import User
from discussions.topics.actions import edit_post
from discussions.topics.models import Topic
from tests.factories.discussions import opening

pytestmark = pytest.mark.slow


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
    assert "<del>Mia&#x27;s </del><ins>Ada&#x27;s </ins>title" in html
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
