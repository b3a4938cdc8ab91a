"""What pages and programs read of collections; every count is of what the viewer reads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.keyset import Order
from discussions.resources.access import get_resource
from discussions.resources.models import Resource
from discussions.resources.queries import already_shared
from discussions.topics.models import Topic
from learning.collections.models import (
    Collection,
    CollectionCurator,
    CollectionFollow,
    CollectionItem,
)
from learning.library.cards import Card, make_cards
from learning.library.listing import with_card_parts

NEWEST = Order(("-created_at", "-id"))
IN_ORDER = Order(("place", "id"))
ALL, FOLLOWED, MINE = "all", "followed", "mine"
SHOWS = (ALL, FOLLOWED, MINE)
FOUND = 10
# More than anybody owns and curates, to choose from in one list.
MAX_CHOICES = 300

_TOPIC = re.compile(r"/t/([0-9A-Za-z]{10})(?:[/?#]|$)")
_ID = re.compile(r"[0-9A-Za-z]{10}")


def collections(viewer: User, show: str = ALL) -> QuerySet[Collection]:
    """All that viewer may read, those they follow, or those they own or curate.

    Each with item_count, follower_count, is_followed and new_count of viewer.
    """
    found = Collection.objects.visible_to(viewer)
    if show == FOLLOWED:
        found = found.filter(Exists(_followed_by(viewer)))
    elif show == MINE:
        mine = Q(owner=viewer) | Q(Exists(_curated_by(viewer)))
        found = Collection.objects.shown_to(viewer).filter(mine)
        found = found.filter(Q(deleted_at=None) | Q(owner=viewer))
    return with_counts(found, viewer)


def with_counts(rows: QuerySet[Collection], viewer: User) -> QuerySet[Collection]:
    items = CollectionItem.objects.visible_to(viewer)
    seen = CollectionFollow.objects.filter(person=viewer, collection=OuterRef("collection"))
    new = items.exclude(added_by=viewer).filter(added_at__gt=Subquery(seen.values("seen_at")[:1]))
    follows = CollectionFollow.objects.filter(person__is_active=True)
    counts: dict[str, Any] = {
        "item_count": _counted(items),
        "follower_count": _counted(follows),
        "is_followed": Exists(_followed_by(viewer)),
        "new_count": _counted(new),
    }
    return rows.select_related("space", "owner").annotate(**counts)


def with_counts_of(collection: Collection, viewer: User) -> Collection:
    """One that access gave, with its counts; one query."""
    return with_counts(Collection.objects.filter(pk=collection.pk), viewer).get()


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """How many of rows belong to the collection of the outer query."""
    own = rows.filter(collection=OuterRef("pk")).order_by().values("collection")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


def _followed_by(viewer: User) -> QuerySet[CollectionFollow]:
    return CollectionFollow.objects.filter(person=viewer, collection=OuterRef("pk"))


def _curated_by(viewer: User) -> QuerySet[CollectionCurator]:
    return CollectionCurator.objects.filter(person=viewer, collection=OuterRef("pk"))


def curated_collections(viewer: User) -> QuerySet[Collection]:
    """Those that viewer owns or curates and that are in use, by title."""
    mine = Q(owner=viewer) | Q(Exists(_curated_by(viewer)))
    archived = Q(space__isnull=False, space__archived_at__isnull=False)
    found = Collection.objects.visible_to(viewer).filter(mine).exclude(archived)
    return found.order_by("title", "pk")


def collections_with(topic: Topic, viewer: User, *, most: int = FOUND) -> list[Collection]:
    """Those with the resource of topic that viewer reads, by title; one query."""
    items = CollectionItem.objects.visible_to(viewer).filter(topic=topic, collection=OuterRef("pk"))
    found = Collection.objects.visible_to(viewer).filter(Exists(items)).select_related("owner")
    return list(found.order_by("title", "pk")[:most])


def curators_of(collection: Collection) -> list[User]:
    """By name, for whoever reads the collection; one query."""
    rows = CollectionCurator.objects.filter(collection=collection, person__is_active=True)
    return [row.person for row in rows.select_related("person").order_by("person__name", "pk")]


def items_of(collection: Collection, viewer: User) -> QuerySet[CollectionItem]:
    """What viewer reads of a collection that access gave."""
    items = CollectionItem.objects.visible_to(viewer).filter(collection=collection)
    marks: dict[str, Any] = {"is_new": _is_new(collection, viewer)}
    return items.annotate(**marks).select_related("topic")


def _is_new(collection: Collection, viewer: User) -> Exists:
    mine = CollectionFollow.objects.filter(person=viewer, collection=collection)
    return Exists(
        mine.filter(seen_at__lt=OuterRef("added_at")).exclude(person=OuterRef("added_by"))
    )


@dataclass(frozen=True)
class ShownItem:
    item: CollectionItem
    card: Card


def shown_items(items: Sequence[CollectionItem], viewer: User) -> list[ShownItem]:
    """Each with what its card shows; three queries at most."""
    wanted = [item.topic_id for item in items]
    rows = with_card_parts(Resource.objects.visible_to(viewer).filter(topic__in=wanted))
    found = {card.topic.pk: card for card in make_cards(rows)}
    return [ShownItem(one, found[one.topic_id]) for one in items if one.topic_id in found]


def find_resources(words: str, viewer: User) -> list[Resource]:
    """The newest resources with words in their title; none for no words."""
    words = words.strip()[:100]
    if not words:
        return []
    found = Resource.objects.visible_to(viewer).filter(topic__title__icontains=words)
    return list(found.select_related("topic__space").order_by("-shared_at", "-pk")[:FOUND])


def resource_at(address: str, viewer: User) -> Topic:
    """The resource that a pasted address means: of its page here, its id, or a page shared here.

    Raises ValidationError for the field topic.
    """
    address = address.strip()
    named = _TOPIC.search(address) if len(address) <= 2_000 else None
    public_id = named[1] if named else address if _ID.fullmatch(address) else ""
    try:
        if public_id:
            return get_resource(public_id, viewer=viewer).topic
        shared = already_shared(address, viewer)
    except (ObjectDoesNotExist, ValidationError):
        shared = []
    if not shared:
        raise ValidationError(
            {"topic": _("No link or know-how that you can read has this address.")}
        )
    return shared[0].topic
