"""What stands in a collection, in which order and why."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.idempotency import once
from community.outbox.recording import action, record
from community.text.lengths import length_error
from community.text.names import clean_name
from discussions.topics.access import require_read_now
from discussions.topics.models import RESOURCE_KINDS, Topic
from learning.collections.access import require_curate
from learning.collections.locking import locked
from learning.collections.models import Collection, CollectionItem
from learning.events import (
    COLLECTION_ITEM_ADDED,
    COLLECTION_ITEM_EXPLAINED,
    COLLECTION_ITEM_MOVED,
    COLLECTION_ITEM_REMOVED,
    COLLECTION_ITEM_RESTORED,
)

MAX_WHY = 300


@action
def add_item(
    collection: Collection, topic: Topic, *, by: User, why: str = "", key: str = ""
) -> CollectionItem:
    """Put the resource of topic at the end, with a sentence that says why.

    A repeat with the same key returns the first item.

    Raises PermissionDenied unless by curates and reads it, ValidationError for the fields topic
    and why, and above settings.MAX_COLLECTION_ITEMS.
    """
    why = _checked(why)
    current = locked(collection, by)
    require_read_now(topic.space, by)
    require_curate(current, by)
    if topic.kind not in RESOURCE_KINDS or topic.deleted_at is not None:
        raise ValidationError({"topic": _("A collection holds links and know-how.")})
    return once(key, CollectionItem, lambda: _insert(current, topic, by, why), by=by)


def _insert(current: Collection, topic: Topic, by: User, why: str) -> CollectionItem:
    item = CollectionItem.objects.filter(collection=current, topic=topic).first()
    if item is not None and item.removed_at is None:
        raise ValidationError({"topic": _("It is in this collection already.")})
    _require_room(current)
    item = item or CollectionItem(collection=current, topic=topic)
    item.why, item.place, item.added_by = why, _last_place(current) + 1, by
    item.added_at, item.removed_at = timezone.now(), None
    item.save()
    record(COLLECTION_ITEM_ADDED, actor=by, obj=item, space=current.space)
    return item


def _checked(why: str) -> str:
    why = clean_name(why)
    if wrong := length_error(why, MAX_WHY):
        raise ValidationError({"why": wrong})
    return why


def _require_room(collection: Collection) -> None:
    living = CollectionItem.objects.filter(collection=collection, removed_at=None)
    if living.count() >= settings.MAX_COLLECTION_ITEMS:
        limit = {"limit": f"{settings.MAX_COLLECTION_ITEMS:,}"}
        raise ValidationError(
            {"topic": _("A collection holds at most %(limit)s resources: remove one.") % limit}
        )


def _last_place(collection: Collection) -> int:
    last = CollectionItem.objects.filter(collection=collection).aggregate(last=Max("place"))
    return int(last["last"] or 0)


@action
def explain_item(item: CollectionItem, *, by: User, why: str) -> CollectionItem:
    """Say something else of why it is there. ValidationError for the field why."""
    why, current = _checked(why), _locked(item, by)
    if current.why != why:
        current.why = why
        current.save(update_fields=["why"])
        _record(COLLECTION_ITEM_EXPLAINED, current, by)
    return current


@action
def move_item(item: CollectionItem, *, by: User, to: int) -> None:
    """Let it stand as number `to`, counted from 0, among the items that by reads.

    What by doesn't read keeps its place, and so does what was taken out; a number beyond the ends
    means the end.
    """
    current = _locked(item, by)
    _reorder(current, by, to)


@action
def shift_item(item: CollectionItem, *, by: User, steps: int) -> None:
    """Move it by so many items that by reads: -1 is one up, 1 one down."""
    current = _locked(item, by)
    at = next((n for n, one in enumerate(_read_by(current, by)) if one.pk == current.pk), 0)
    _reorder(current, by, at + steps)


def _reorder(item: CollectionItem, by: User, to: int) -> None:
    before = _read_by(item, by)
    if item.pk not in {one.pk for one in before}:
        return
    after = [one for one in before if one.pk != item.pk]
    after.insert(max(0, min(to, len(after))), item)
    places = [one.place for one in before]
    changed = []
    for one, place in zip(after, places, strict=True):
        if one.place != place:
            one.place = place
            changed.append(one)
    if changed:
        CollectionItem.objects.bulk_update(changed, ["place"])
        _record(COLLECTION_ITEM_MOVED, item, by)


def _read_by(item: CollectionItem, by: User) -> list[CollectionItem]:
    """The items of its collection that by reads, in order; item itself is the object given."""
    rows = CollectionItem.objects.visible_to(by).filter(collection=item.collection_id)
    return [item if one.pk == item.pk else one for one in rows.order_by("place", "pk")]


@action
def remove_item(item: CollectionItem, *, by: User) -> None:
    """Take it out; restoring it brings place and sentence back."""
    current = _locked(item, by)
    if current.removed_at is None:
        current.removed_at = timezone.now()
        current.save(update_fields=["removed_at"])
        _record(COLLECTION_ITEM_REMOVED, current, by)


@action
def restore_item(item: CollectionItem, *, by: User) -> None:
    """Raises ValidationError above settings.MAX_COLLECTION_ITEMS."""
    current = _locked(item, by)
    if current.removed_at is not None:
        _require_room(current.collection)
        current.removed_at = None
        current.save(update_fields=["removed_at"])
        _record(COLLECTION_ITEM_RESTORED, current, by)


def _locked(item: CollectionItem, by: User) -> CollectionItem:
    """The row behind the lock of its collection, which by curates.

    Raises DoesNotExist where either has gone since, PermissionDenied.
    """
    collection = locked(item.collection, by)
    require_curate(collection, by)
    current = CollectionItem.objects.get(pk=item.pk)
    current.collection = collection
    return current


def _record(name: str, item: CollectionItem, by: User) -> None:
    record(name, actor=by, obj=item, space=item.collection.space)
