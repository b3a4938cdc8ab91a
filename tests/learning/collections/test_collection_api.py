"""Collections by the API."""

import json
from typing import Any

import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from learning.collections.items import add_item
from learning.collections.models import Collection, CollectionItem
from tests.factories.discussions import make_link
from tests.factories.learning import make_collection

pytestmark = pytest.mark.slow

LIST = "/api/v1/collections"


def ask(client: Client, method: str, address: str, data: Any = None, **headers: str) -> Any:
    return client.generic(
        method,
        address,
        b"" if data is None else json.dumps(data).encode(),
        content_type="application/json",
        headers=headers,
    )


def test_collection_is_made_once_read_edited_and_deleted(
    client: Client, space: Space, ada: User
) -> None:
    client.force_login(ada)
    wanted = {"title": "First week", "description": "*Read*", "space": "workshop"}
    made = ask(client, "POST", LIST, wanted, **{"Idempotency-Key": "k"})
    assert made.status_code == 201
    again = ask(client, "POST", LIST, wanted, **{"Idempotency-Key": "k"})
    assert (again.json()["id"], Collection.objects.count()) == (made.json()["id"], 1)
    address = made.headers["Location"]
    read = client.get(address)
    assert read.json() == made.json()
    assert (read.json()["owner"], read.json()["space"]["slug"]) == ("ada", "workshop")
    edit = {"title": "Second week"}
    assert ask(client, "PATCH", address, edit).status_code == 428
    edited = ask(client, "PATCH", address, edit, **{"If-Match": read.headers["ETag"]})
    assert (edited.json()["title"], edited.json()["description"]) == ("Second week", "*Read*")
    late = ask(client, "PATCH", address, {"title": "Late"}, **{"If-Match": read.headers["ETag"]})
    assert late.status_code == 412
    assert ask(client, "DELETE", address).status_code == 204
    assert client.get(LIST).json()["results"] == []
    assert client.get(address).json()["deleted_at"] is not None
    assert ask(client, "POST", f"{address}/restoration").status_code == 204
    assert [row["title"] for row in client.get(LIST).json()["results"]] == ["Second week"]


def test_items_are_added_explained_moved_and_removed(
    client: Client, space: Space, ada: User
) -> None:
    client.force_login(ada)
    items = f"{LIST}/{make_collection(by=ada).public_id}/items"
    made = []
    for title in ("One", "Two"):
        topic = make_link(space, by=ada, title=title)
        sent = {"topic": topic.public_id, "why": f"Why {title}"}
        made.append(ask(client, "POST", items, sent, **{"Idempotency-Key": title}))
        again = ask(client, "POST", items, sent, **{"Idempotency-Key": title})
        assert again.json() == made[-1].json()
    first, second = (f"/api/v1/collection-items/{one.json()['id']}" for one in made)
    assert ask(client, "PUT", f"{second}/place", {"place": 1}).status_code == 204
    assert ask(client, "PUT", f"{second}/sentence", {"why": "First"}).status_code == 204
    shown = [(row["title"], row["why"]) for row in client.get(items).json()["results"]]
    assert shown == [("Two", "First"), ("One", "Why One")]
    assert client.get(first).json() == made[0].json()
    assert ask(client, "DELETE", first).status_code == 204
    assert client.get(first).status_code == 404
    assert len(client.get(items).json()["results"]) == 1
    assert ask(client, "POST", f"{first}/restoration").status_code == 204
    assert len(client.get(items).json()["results"]) == 2


def test_wrong_fields_are_named(client: Client, ada: User) -> None:
    client.force_login(ada)
    address = f"{LIST}/{make_collection(by=ada).public_id}"
    refused = {
        (LIST, "POST", "title"): {"title": ""},
        (LIST, "POST", "space"): {"title": "x", "space": "none"},
        (f"{address}/items", "POST", "topic"): {"topic": "none"},
        (f"{address}/keepers", "PUT", "owner"): {"owner": "none", "curators": []},
        (f"{address}/keepers", "PUT", "curators"): {"curators": ["none"]},
    }
    for (path, method, field), data in refused.items():
        answer = ask(client, method, path, data)
        pointers = [error["pointer"] for error in answer.json()["errors"]]
        assert (answer.status_code, pointers) == (422, [f"#/{field}"])


def test_following_keepers_and_sight(client: Client, space: Space, ada: User, ben: User) -> None:
    collection = make_collection(by=ada)
    address = f"{LIST}/{collection.public_id}"
    client.force_login(ben)
    assert ask(client, "PUT", f"{address}/following").status_code == 204
    add_item(collection, make_link(space, by=ada), by=ada)
    [row] = client.get(f"{LIST}?show=followed").json()["results"]
    assert (row["is_followed"], row["new_count"], row["follower_count"]) == (True, 1, 1)
    assert ask(client, "POST", f"{address}/sight").status_code == 204
    assert client.get(address).json()["new_count"] == 0
    assert ask(client, "DELETE", f"{address}/following").status_code == 204
    assert client.get(f"{LIST}?show=followed").json()["results"] == []
    keepers = {"owner": "ben", "curators": ["ada"]}
    assert ask(client, "PUT", f"{address}/keepers", keepers).status_code == 403
    client.force_login(ada)
    assert ask(client, "PUT", f"{address}/keepers", keepers).status_code == 204
    read = client.get(address).json()
    assert (read["owner"], read["curators"]) == ("ben", ["ada"])


def test_stranger_gets_and_changes_nothing(
    client: Client, closed: Space, ada: User, zed: User
) -> None:
    collection = make_collection(by=ada, space=closed)
    item = add_item(collection, make_link(closed, by=ada), by=ada, why="For few")
    open_one = make_collection(by=ada)
    hidden = add_item(open_one, make_link(closed, by=ada), by=ada, why="For few")
    assert not closed.memberships.filter(person=zed).exists()
    client.force_login(zed)
    for path in (
        f"collections/{collection.public_id}",
        f"collections/{collection.public_id}/items",
        f"collection-items/{item.public_id}",
        f"collection-items/{hidden.public_id}",
    ):
        assert client.get(f"/api/v1/{path}").status_code == 404
    shown = client.get(f"{LIST}/{open_one.public_id}")
    assert shown.json()["item_count"] == 0
    assert client.get(f"{LIST}/{open_one.public_id}/items").json()["results"] == []
    assert ask(client, "DELETE", f"/api/v1/collection-items/{hidden.public_id}").status_code == 404
    assert CollectionItem.objects.filter(removed_at=None).count() == 2
