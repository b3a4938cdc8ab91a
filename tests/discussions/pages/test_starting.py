"""Starting a topic: what the form offers, and what is kept when something is wrong."""

import re
from typing import Any

import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Kind, Topic

pytestmark = pytest.mark.slow


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
    again = client.post("/ask", typed())
    assert again.headers["Location"] == topic.get_absolute_url()
    assert Topic.objects.count() == 1


def test_form_of_a_page_that_was_gone_back_to_is_asked_about(
    client: Client, space: Space, ada: User
) -> None:
    client.force_login(ada)
    client.post("/ask", typed())
    again = client.post("/ask", typed(title="Something else?"))
    form = again.context["form"]
    assert (again.status_code, form["title"].value()) == (422, "Something else?")
    assert "sent before, with something else in it" in again.content.decode()
    client.post("/ask", typed(title="Something else?", key=form["key"].value()))
    assert set(Topic.objects.values_list("title", flat=True)) == {"Why?", "Something else?"}


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


@pytest.mark.parametrize("path", ["/ask", "/share", "/share/file"])
def test_whoever_can_write_nowhere_is_told(
    client: Client, secret: Space, zed: User, ada: User, path: str
) -> None:
    told = "There is no space yet where you can write."
    client.force_login(zed)
    assert told in client.get(path).content.decode()
    client.force_login(ada)
    assert told not in client.get(path).content.decode()


def test_whoever_looks_after_no_space_announces_nowhere(
    client: Client, space: Space, ada: User, mia: User
) -> None:
    told = "Announcements are made by those who look after a space"
    client.force_login(ada)
    assert told in client.get("/ask?kind=announcement").content.decode()
    client.force_login(mia)
    assert told not in client.get("/ask?kind=announcement").content.decode()
