"""The row of a collection as writers take it."""

from community.accounts.models import User
from community.spaces.access import refresh_rights
from learning.collections.models import Collection


def locked(collection: Collection, by: User, *, deleted: bool = False) -> Collection:
    """The row as it is now, locked, with by's present rights; a deleted one only if asked for.

    Raises Collection.DoesNotExist where it has gone since.
    """
    refresh_rights(by)
    rows = Collection.objects.select_for_update(of=("self",)).select_related("space", "owner")
    return rows.get(pk=collection.pk) if deleted else rows.get(pk=collection.pk, deleted_at=None)
