"""Collections as JSON objects, for downloads; config/archives.py names these."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from community.accounts.models import User
from community.spaces.models import Space
from learning.collections.models import Collection, CollectionCurator, CollectionItem


def collections_kept_by(person: User) -> Iterator[dict[str, Any]]:
    """Those that they own or curate, with what they read in them; one without an owner has none."""
    curated = CollectionCurator.objects.filter(person=person).values("collection")
    mine = Collection.objects.visible_to(person).filter(Q(owner=person) | Q(pk__in=curated))
    return _records(mine, person)


def collections_in(space: Space, viewer: User) -> Iterator[dict[str, Any]]:
    return _records(Collection.objects.visible_to(viewer).filter(space=space), viewer)


def _records(collections: Any, viewer: User) -> Iterator[dict[str, Any]]:
    for collection in collections.select_related("owner", "space").order_by("pk").iterator(200):
        items = CollectionItem.objects.visible_to(viewer).filter(collection=collection)
        yield {
            "id": collection.public_id,
            "title": collection.title,
            "description": collection.description_source,
            "owner": collection.owner.handle if collection.owner else None,
            "space": collection.space.slug if collection.space else None,
            "created_at": collection.created_at.isoformat(),
            "items": [
                {"topic": item.topic.public_id, "why": item.why}
                for item in items.select_related("topic").order_by("place", "pk")
            ],
        }
