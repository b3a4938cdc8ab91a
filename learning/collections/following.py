"""Following collections, and what is new in them."""

from django.utils import timezone

from community.accounts.models import User
from community.outbox.recording import action, record
from learning.collections.locking import locked
from learning.collections.models import Collection, CollectionFollow
from learning.events import COLLECTION_FOLLOWED, COLLECTION_UNFOLLOWED


@action
def follow_collection(collection: Collection, *, by: User) -> None:
    """What comes in from now on is new to by; following twice changes nothing."""
    current = locked(collection, by)
    _follow, created = CollectionFollow.objects.get_or_create(collection=current, person=by)
    if created:
        record(COLLECTION_FOLLOWED, actor=by, obj=current, subject=by)


@action
def unfollow_collection(collection: Collection, *, by: User) -> None:
    rows = CollectionFollow.objects.filter(collection=collection, person=by)
    deleted, _rows = rows.delete()
    if deleted:
        record(COLLECTION_UNFOLLOWED, actor=by, obj=collection, subject=by)


@action
def see_collection(collection: Collection, *, by: User) -> None:
    """Nothing in it is new to by any more."""
    rows = CollectionFollow.objects.filter(collection=collection, person=by)
    rows.update(seen_at=timezone.now())
