"""Who may see and do what with collections."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.roles.models import Capability
from community.spaces.access import can_read, moderates, roles_of
from learning.collections.models import Collection, CollectionCurator, CollectionItem


def get_collection(public_id: str, *, viewer: User) -> Collection:
    """Return a collection that viewer may read, a deleted one only where viewer may restore it.

    Raises Collection.DoesNotExist alike for a hidden and a missing one.
    """
    roles_of(viewer)
    shown = Collection.objects.shown_to(viewer).select_related("space", "owner")
    return shown.get(public_id=public_id)


def get_living_collection(public_id: str, *, viewer: User) -> Collection:
    """Raises Collection.DoesNotExist for a deleted one too."""
    roles_of(viewer)
    living = Collection.objects.visible_to(viewer).select_related("space", "owner")
    return living.get(public_id=public_id)


def get_item(public_id: str, *, viewer: User) -> CollectionItem:
    """Return an item that viewer may read, a removed one too: taking that back needs it.

    Raises CollectionItem.DoesNotExist alike for a hidden and a missing one.
    """
    roles_of(viewer)
    items = CollectionItem.objects.shown_to(viewer).filter(collection__deleted_at=None)
    found = items.select_related("collection__space", "collection__owner", "topic__space")
    return found.get(public_id=public_id)


def get_standing_item(public_id: str, *, viewer: User) -> CollectionItem:
    """Return an item that viewer may read. Raises CollectionItem.DoesNotExist for a removed one."""
    item = get_item(public_id, viewer=viewer)
    if item.removed_at is not None:
        raise CollectionItem.DoesNotExist
    return item


def can_make(by: User) -> bool:
    """Colleagues; guests read what is kept in their spaces."""
    return by.is_active and not by.is_guest


def require_make(by: User) -> None:
    if not can_make(by):
        raise PermissionDenied(_("Collections are kept by colleagues."))


def can_run(collection: Collection, by: User) -> bool:
    """Its owner, moderators of its space, and while nobody owns it those who manage spaces."""
    if by.is_guest or not _is_read(collection, by):
        return False
    if collection.owner_id == by.pk:
        return True
    if collection.space is not None and moderates(collection.space, by):
        return True
    return collection.owner_id is None and by.has_perm(Capability.SPACES)


def require_run(collection: Collection, by: User) -> None:
    if not can_run(collection, by):
        raise PermissionDenied(_("Only the owner of the collection does this."))


def can_curate(collection: Collection, by: User) -> bool:
    """Those who run it and its curators, unless it is deleted or its space archived."""
    space = collection.space
    if collection.deleted_at is not None or (space is not None and space.archived_at is not None):
        return False
    if can_run(collection, by):
        return True
    if by.is_guest:
        return False
    curators = CollectionCurator.objects.filter(collection=collection, person=by)
    return _is_read(collection, by) and curators.exists()


def require_curate(collection: Collection, by: User) -> None:
    if not can_curate(collection, by):
        raise PermissionDenied(_("Only the owner and the curators of the collection do this."))


def _is_read(collection: Collection, by: User) -> bool:
    return by.is_active and (
        can_read(collection.space, by) if collection.space is not None else not by.is_guest
    )
