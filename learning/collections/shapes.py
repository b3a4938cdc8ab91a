"""Collections and what stands in them, as programs get them; counts are of what you may read."""

from typing import TypedDict

from community.accounts.shapes import handle_of
from community.http.api.shapes import Time, written
from community.http.api.strings import Handle, Html
from community.spaces.shapes import SpaceNameShape, space_name_shape
from discussions.topics.shapes import Markdown
from learning.collections.models import Collection, CollectionItem
from learning.collections.queries import curators_of


class CollectionShape(TypedDict):
    id: str
    title: str
    html: Html
    # Whose readers read it; null for every colleague.
    space: SpaceNameShape | None
    # A handle; null while nobody owns it.
    owner: Handle | None
    item_count: int
    follower_count: int
    is_followed: bool
    # Of one that you follow: what came in since you marked it as seen.
    new_count: int
    created_at: Time
    deleted_at: Time | None
    url: str


class CollectionDetailShape(CollectionShape):
    description: Markdown
    curators: list[Handle]


class CollectionItemShape(TypedDict):
    id: str
    collection: str
    # The id of the topic that is the resource.
    topic: str
    title: str
    kind: str
    why: str
    added_at: Time
    url: str


def collection_shape(collection: Collection) -> CollectionShape:
    """collection comes through with_counts()."""
    space, owner = collection.space, collection.owner
    return {
        "id": collection.public_id,
        "title": collection.title,
        "html": Html(collection.description_html),
        "space": space_name_shape(space) if space else None,
        "owner": handle_of(owner) if owner else None,
        "item_count": collection.item_count,
        "follower_count": collection.follower_count,
        "is_followed": collection.is_followed,
        "new_count": collection.new_count,
        "created_at": written(collection.created_at),
        "deleted_at": written(collection.deleted_at) if collection.deleted_at else None,
        "url": collection.get_absolute_url(),
    }


def collection_detail_shape(collection: Collection) -> CollectionDetailShape:
    """collection comes through with_counts(); one query."""
    return {
        **collection_shape(collection),
        "description": collection.description_source,
        "curators": [handle_of(person) for person in curators_of(collection)],
    }


def item_shape(item: CollectionItem) -> CollectionItemShape:
    """item comes with its topic and its collection."""
    return {
        "id": item.public_id,
        "collection": item.collection.public_id,
        "topic": item.topic.public_id,
        "title": item.topic.title,
        "kind": item.topic.kind,
        "why": item.why,
        "added_at": written(item.added_at),
        "url": item.topic.get_absolute_url(),
    }
