"""Collections as JSON objects, for downloads; config/archives.py names these."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, Q

from community.accounts.models import User
from community.spaces.models import Space
from discussions.exports.records import each_row, handle_of, written
from learning.collections.models import Collection, CollectionCurator, CollectionItem


def collections_kept_by(person: User) -> Iterator[dict[str, Any]]:
    """Those that they own or curate, with what they read in them; one without an owner has none."""
    curated = CollectionCurator.objects.filter(person=person).values("collection")
    mine = Collection.objects.visible_to(person).filter(Q(owner=person) | Q(pk__in=curated))
    return _records(mine, person)


def collections_in(space: Space, viewer: User) -> Iterator[dict[str, Any]]:
    return _records(Collection.objects.visible_to(viewer).filter(space=space), viewer)


def _records(collections: Any, viewer: User) -> Iterator[dict[str, Any]]:
    items = CollectionItem.objects.visible_to(viewer).select_related("topic")
    shown = Prefetch("items", items.order_by("place", "pk"), to_attr="shown")
    whole = collections.select_related("owner", "space").prefetch_related(shown)
    for collection in each_row(whole):
        yield {
            "id": collection.public_id,
            "title": collection.title,
            "description": collection.description_source,
            "owner": handle_of(collection.owner),
            "space": collection.space.slug if collection.space else None,
            "created_at": written(collection.created_at),
            "items": [
                {"topic": item.topic.public_id, "why": item.why} for item in collection.shown
            ],
        }
