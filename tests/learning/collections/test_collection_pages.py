"""The pages of collections, as people press their way through them."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from learning.collections.actions import set_people
from learning.collections.following import follow_collection
from learning.collections.items import add_item
from learning.collections.models import Collection, CollectionItem
from tests.factories.discussions import make_link
from tests.factories.learning import make_collection

pytestmark = pytest.mark.slow


def body(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def sent(client: Client, address: str, data: dict[str, Any], status: int = 200) -> str:
    answer = client.post(address, data, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def titles(collection: Collection) -> list[str]:
    rows = CollectionItem.objects.filter(collection=collection, removed_at=None)
    return list(rows.order_by("place").values_list("topic__title", flat=True))


def test_collection_is_made_filled_ordered_and_emptied(
    client: Client, space: Space, ada: User
) -> None:
    client.force_login(ada)
    for name in ("One", "Two"):
        make_link(space, by=ada, title=name, url=f"https://e.org/{name}")
    wanted = {"title": "First week", "description": "Read *this*.", "space": "workshop"}
    page = sent(client, "/library/collections/new", wanted)
    assert "Read <em>this</em>." in page
    assert "Nothing in it yet" in page
    collection = Collection.objects.get()
    assert (collection.owner, collection.space) == (ada, space)
    address = collection.get_absolute_url()
    for name in ("One", "Two"):
        sent(client, f"{address}/items", {"topic": f"https://e.org/{name}", "why": f"Why {name}"})
    assert "Why Two" in body(client, address)
    second = CollectionItem.objects.get(topic__title="Two")
    sent(client, f"{second.url}/up", {})
    assert titles(collection) == ["Two", "One"]
    sent(client, f"{second.url}/down", {})
    assert titles(collection) == ["One", "Two"]
    page = sent(client, f"{second.url}/removal", {})
    assert f'action="{second.url}/restoration"' in page
    assert titles(collection) == ["One"]
    sent(client, f"{second.url}/restoration", {})
    assert titles(collection) == ["One", "Two"]


def test_forms_keep_what_was_typed_and_name_the_field(
    client: Client, space: Space, ada: User
) -> None:
    client.force_login(ada)
    page = sent(client, "/library/collections/new", {"description": "Kept words"}, 422)
    assert "Kept words" in page
    assert "Give the collection a title." in page
    address = make_collection(by=ada).get_absolute_url()
    page = sent(client, f"{address}/items", {"topic": "nowhere", "why": "Kept words"}, 422)
    assert 'value="Kept words"' in page
    assert "No link or know-how that you can read" in page
    page = sent(client, f"{address}/people", {"curators": "@nobody"}, 422)
    assert 'value="@nobody"' in page
    assert "Nobody has the handle" in page


def test_resource_page_adds_to_a_collection(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    topic = make_link(space, by=ada, title="A page")
    address = f"/resources/{topic.public_id}/collections"
    assert address in body(client, topic.get_absolute_url())
    assert "You keep no collection yet" in body(client, address)
    collection = make_collection(by=ada, title="Mine")
    page = sent(client, address, {"collection": collection.public_id, "why": "Because"})
    assert "It is in “Mine” now." in page
    assert "It is in these already" in body(client, address)
    page = sent(client, address, {"collection": collection.public_id, "why": "Again"}, 422)
    assert "It is in this collection already." in page
    assert 'value="Again"' in page


def test_later_editor_gets_both_texts(client: Client, ada: User) -> None:
    client.force_login(ada)
    collection = make_collection(by=ada, title="Start")
    address = f"{collection.get_absolute_url()}/edit"
    sent(client, address, {"title": "Theirs", "description": "", "version": 1})
    page = sent(client, address, {"title": "Mine", "description": "", "version": 1}, 409)
    assert "Theirs" in page
    assert 'value="Mine"' in page
    sent(client, address, {"title": "Mine", "description": "", "version": 2})
    assert Collection.objects.get().title == "Mine"


def test_deleted_collection_is_undone_from_the_message(client: Client, ada: User) -> None:
    client.force_login(ada)
    collection = make_collection(by=ada, title="Gone")
    address = collection.get_absolute_url()
    page = sent(client, f"{address}/removal", {})
    assert f'action="{address}/restoration"' in page
    assert "Restore it" in body(client, address)
    sent(client, f"{address}/restoration", {})
    assert "Gone" in body(client, "/library/collections")


def test_reader_gets_no_buttons_of_curators(
    client: Client, space: Space, ada: User, zed: User
) -> None:
    collection = make_collection(by=ada, space=space)
    item = add_item(collection, make_link(space, by=ada), by=ada)
    address = collection.get_absolute_url()
    client.force_login(zed)
    assert item.url not in body(client, address)
    for path in (f"{address}/items", f"{address}/edit", f"{address}/people", item.url):
        assert client.get(path).status_code == 403
    for path in (f"{item.url}/up", f"{item.url}/removal", f"{address}/removal"):
        assert client.post(path).status_code == 403


def test_stranger_gets_404_for_all_of_a_hidden_collection(
    client: Client, closed: Space, ada: User, zed: User
) -> None:
    collection = make_collection(by=ada, space=closed, title="Hidden")
    item = add_item(collection, make_link(closed, by=ada), by=ada)
    address = collection.get_absolute_url()
    assert not closed.memberships.filter(person=zed).exists()
    client.force_login(zed)
    for path in (address, f"{address}/items", item.url):
        assert client.get(path).status_code == 404
    for path in (f"{address}/following", f"{address}/sight", f"{item.url}/down"):
        assert client.post(path).status_code == 404
    assert "Hidden" not in body(client, "/library/collections")


def test_following_shows_on_its_tab_until_it_is_seen(
    client: Client, space: Space, ada: User, zed: User
) -> None:
    collection = make_collection(by=ada, title="Followed")
    address = collection.get_absolute_url()
    client.force_login(zed)
    assert "You follow no collection yet" in body(client, "/library/collections?show=followed")
    sent(client, f"{address}/following", {})
    add_item(collection, make_link(space, by=ada), by=ada)
    assert "1 new" in body(client, "/library/collections?show=followed")
    assert "1 resource is new to you." in body(client, address)
    assert "is new to you" not in sent(client, f"{address}/sight", {})
    sent(client, f"{address}/following/removal", {})
    assert "You follow no collection yet" in body(client, "/library/collections?show=followed")


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_as_often_for_many_rows_as_for_one(
    client: Client,
    space: Space,
    ada: User,
    ben: User,
    zed: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = [make_collection(by=ada, space=space) for _row in range(rows)]
    set_people(made[0], by=ada, owner=None, curators=[ben, zed][:rows])
    for _row in range(rows):
        add_item(made[0], make_link(space, by=ben), by=ada, why="Because")
    for collection in made:
        follow_collection(collection, by=zed)
    client.force_login(zed)
    body(client, "/library/collections")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/library/collections")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(made[0].get_absolute_url())


# Session, person and shell, the list; and for one the items, resources, tags, people and rights.
LIST_QUERIES = 6
PAGE_QUERIES = 15
