"""The page that merges a tag into another one."""

from collections.abc import Callable

import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.tags.models import Tag
from tests.factories.discussions import make_topic


@pytest.fixture
def tags(space: Space, ada: User, handle_events: Callable[[], None]) -> None:
    make_topic(space, by=ada, tags=["vpn", "tunnel"])
    handle_events()


def test_merge_is_looked_at_then_done(
    client: Client, tags: None, space: Space, admin: User
) -> None:
    client.force_login(admin)
    assert "Merge them" not in client.get("/tags/tunnel/merge").content.decode()
    page = client.get("/tags/tunnel/merge?into=VPN").content.decode()
    assert "1 topic that you can read gets the tag vpn." in page
    assert space.name in page
    assert Tag.objects.count() == 2
    done = client.post("/tags/tunnel/merge", {"into": "vpn"})
    assert (done.status_code, done.headers["Location"]) == (303, "/tags/vpn")
    assert [tag.name for tag in Tag.objects.all()] == ["vpn"]
    assert client.post("/tags/tunnel/merge", {"into": "vpn"}).status_code == 422


def test_what_can_not_be_merged_is_named(client: Client, tags: None, admin: User) -> None:
    client.force_login(admin)
    for typed, sentence in (
        ("", "Type the name of a tag."),
        ("none", "There is no tag with this name: none."),
        ("tunnel", "This is the same tag. Choose another one."),
    ):
        answer = client.post("/tags/tunnel/merge", {"into": typed})
        assert (answer.status_code, answer.context["form"].errors) == (422, {"into": [sentence]})
        assert answer.context["form"]["into"].value() == typed


def test_merging_is_for_those_who_look_after_tags(client: Client, tags: None, ada: User) -> None:
    client.force_login(ada)
    assert client.get("/tags/tunnel/merge").status_code == 403
    assert client.post("/tags/tunnel/merge", {"into": "vpn"}).status_code == 403
    assert client.post("/tags/none/merge", {"into": "vpn"}).status_code == 404
