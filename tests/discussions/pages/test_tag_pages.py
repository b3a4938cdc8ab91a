"""Pages of tags, and the suggestions for the tags field."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from discussions.tags.actions import describe_tag
from discussions.tags.models import Tag, TagPreference
from tests.factories.discussions import make_topic

pytestmark = pytest.mark.slow

Run = Callable[[], None]


def test_tags_are_listed_by_use_and_found_by_a_part_of_the_name(
    client: Client, space: Space, ada: User, handle_events: Run
) -> None:
    make_topic(space, by=ada, tags=["vpn", "printers"])
    make_topic(space, by=ada, tags=["printers"])
    handle_events()
    client.force_login(ada)
    found = client.get("/tags").context["tags"]
    assert [(tag.name, tag.topic_count) for tag in found] == [("printers", 2), ("vpn", 1)]
    assert [tag.name for tag in client.get("/tags?q=VP").context["tags"]] == ["vpn"]
    assert "No tags found" in client.get("/tags?q=zzz").content.decode()
    assert client.get("/tags?after=nonsense").status_code == 200


def test_stranger_meets_no_tag_of_a_secret_space(
    client: Client, secret: Space, ada: User, zed: User, handle_events: Run
) -> None:
    make_topic(secret, by=ada, tags=["canary"])
    handle_events()
    client.force_login(ada)
    assert client.get("/tags/canary").status_code == 200
    client.force_login(zed)
    missing = client.get("/tags/missing").content
    for path in ("/tags/canary", "/tags/canary/edit"):
        assert (client.get(path).status_code, client.get(path).content) == (404, missing)
    assert client.post("/tags/canary/preference", {"level": "follow"}).status_code == 404
    assert "canary" not in client.get("/tags").content.decode()
    assert client.get("/tags/suggest?q=can").json() == {"tags": []}


def test_tags_of_one_of_my_spaces(
    client: Client, space: Space, secret: Space, ada: User, zed: User, handle_events: Run
) -> None:
    make_topic(space, by=ada, tags=["vpn"])
    make_topic(secret, by=ada, tags=["vpn", "canary"])
    handle_events()
    path = f"/tags?space={secret.slug}"
    client.force_login(ada)
    response = client.get(path)
    found = [(tag.name, tag.topic_count) for tag in response.context["tags"]]
    assert found == [("canary", 1), ("vpn", 1)]
    assert f'<option value="{secret.slug}" selected>' in response.content.decode()
    client.force_login(zed)
    stranger = client.get(path)
    assert [(tag.name, tag.topic_count) for tag in stranger.context["tags"]] == [("vpn", 1)]
    assert secret.name not in stranger.content.decode()


def test_suggestions_carry_counts_of_readable_topics(
    client: Client, space: Space, secret: Space, ada: User, zed: User, handle_events: Run
) -> None:
    make_topic(space, by=ada, tags=["vpn"])
    make_topic(secret, by=ada, tags=["vpn"])
    handle_events()
    client.force_login(ada)
    assert client.get("/tags/suggest?q=v").json() == {"tags": [{"name": "vpn", "count": 2}]}
    client.force_login(zed)
    assert client.get("/tags/suggest?q=v").json() == {"tags": [{"name": "vpn", "count": 1}]}


def test_following_muting_and_neither(client: Client, space: Space, ada: User) -> None:
    make_topic(space, by=ada, tags=["c#"])
    client.force_login(ada)
    levels = []
    for level in ("follow", "mute", "", "nonsense"):
        response = client.post("/tags/c%23/preference", {"level": level})
        assert response.headers["Location"] == "/tags/c%23"
        levels.append(list(TagPreference.objects.values_list("level", flat=True)))
    assert levels == [["follow"], ["mute"], [], []]


def test_describing_needs_the_capability_and_keeps_what_was_typed(
    client: Client, space: Space, ada: User, admin: User
) -> None:
    make_topic(space, by=ada, tags=["vpn"])
    client.force_login(ada)
    assert client.get("/tags/vpn/edit").status_code == 403
    assert client.post("/tags/vpn/edit", {"source": "x"}).status_code == 403
    client.force_login(admin)
    long = client.post("/tags/vpn/edit", {"source": "d" * 2_001, "version": 1})
    assert (long.status_code, long.context["form"]["source"].value()) == (422, "d" * 2_001)
    sent = {"source": "For *tunnels*", "version": 1}
    assert client.post("/tags/vpn/edit", sent).status_code == 303
    assert Tag.objects.get().description_html == '<p dir="auto">For <em>tunnels</em></p>\n'
    assert "<em>tunnels</em>" in client.get("/tags/vpn").content.decode()


def test_two_descriptions_at_once_are_both_seen(
    client: Client, space: Space, ada: User, admin: User
) -> None:
    make_topic(space, by=ada, tags=["vpn"])
    describe_tag(Tag.objects.get(), by=admin, source="Hers")
    client.force_login(admin)

    late = client.post("/tags/vpn/edit", {"source": "Mine", "version": 1})

    assert (late.status_code, Tag.objects.get().description_source) == (409, "Hers")
    assert [overlap.saved for overlap in late.context["overlaps"]] == ["Hers"]
    form = late.context["form"]
    assert (form["source"].value(), form["version"].value()) == ("Mine", 2)
    page = late.content.decode()
    assert "This was saved in between" in page
    # Else the script would bring the copy in the browser back, with the version it was typed on.
    assert "data-draft-typed" in page
    assert client.post("/tags/vpn/edit", {"source": "Both", "version": 2}).status_code == 303


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow_with_tags(
    client: Client,
    space: Space,
    ada: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_topic(space, by=ada, tags=["a", "b", "c"][:rows])
    client.force_login(ada)
    with django_assert_num_queries(7):
        assert len(client.get("/tags").context["tags"]) == rows


def test_list_of_tags_shows_how_descriptions_begin(
    client: Client, space: Space, ada: User, admin: User
) -> None:
    make_topic(space, by=ada, tags=["vpn"])
    describe_tag(Tag.objects.get(), by=admin, source="*Tunnels* " + "word " * 30)
    client.force_login(ada)
    page = client.get("/tags").content.decode()
    assert "Tunnels " + "word " * 15 + "…" in page
