"""The pages that list unused tags, ask, and remove them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from discussions.pages.unused_tags import ROWS
from discussions.tags.models import Tag, TagCount


def make_unused(space: Space, *names: str) -> None:
    for name in names:
        TagCount.objects.create(tag=Tag.objects.create(name=name), space=space)


def names(client: Client, address: str) -> list[str]:
    return [tag.name for tag in client.get(address).context["tags"]]


def test_ticked_tags_are_asked_about_then_removed(
    client: Client, space: Space, admin: User
) -> None:
    make_unused(space, "telex", "fax", "pager")
    client.force_login(admin)
    assert "/unused-tags" in client.get("/tags").content.decode()
    assert names(client, "/unused-tags") == ["telex", "fax", "pager"]
    asked = client.get("/unused-tags/removal?tag=telex&tag=fax&tag=nothing")
    assert "Remove 2 tags?" in asked.content.decode()
    assert [tag.name for tag in asked.context["tags"]] == ["telex", "fax"]
    assert Tag.objects.count() == 3
    done = client.post("/unused-tags/removal", {"tag": ["telex", "fax"]}, follow=True)
    assert done.redirect_chain == [("/unused-tags", 303)]
    assert "2 tags are removed." in done.content.decode()
    assert names(client, "/unused-tags/removal?all=1") == ["pager"]


def test_nothing_ticked_and_nothing_left_are_said(
    client: Client, space: Space, admin: User
) -> None:
    client.force_login(admin)
    assert "Every tag is in use" in client.get("/unused-tags").content.decode()
    make_unused(space, "telex")
    asked = client.get("/unused-tags/removal", follow=True)
    assert "Tick the tags that can go." in asked.content.decode()
    done = client.post("/unused-tags/removal", {"tag": "nothing"}, follow=True)
    assert "Nothing is removed" in done.content.decode()
    assert Tag.objects.count() == 1


def test_pages_are_for_those_who_look_after_tags(client: Client, space: Space, ada: User) -> None:
    make_unused(space, "telex")
    client.force_login(ada)
    assert "/unused-tags" not in client.get("/tags").content.decode()
    assert client.get("/unused-tags").status_code == 403
    assert client.get("/unused-tags/removal?all=1").status_code == 403
    assert client.post("/unused-tags/removal", {"tag": "telex"}).status_code == 403
    assert Tag.objects.count() == 1


def test_list_has_pages(client: Client, space: Space, admin: User) -> None:
    make_unused(space, *(f"old{number:02}" for number in range(ROWS + 1)))
    client.force_login(admin)
    first = client.get("/unused-tags").context
    assert (len(first["tags"]), first["newer_url"]) == (ROWS, "")
    assert names(client, f"/unused-tags{first['older_url']}") == [f"old{ROWS}"]
    assert len(names(client, "/unused-tags/removal?all=1")) == ROWS + 1


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_every_length(
    client: Client,
    space: Space,
    admin: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_unused(space, *(f"old{number}" for number in range(count)))
    client.force_login(admin)
    client.get("/unused-tags")
    with django_assert_num_queries(6):
        client.get("/unused-tags")
