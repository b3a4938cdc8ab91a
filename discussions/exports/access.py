"""Who may have what in an export."""

from django.db.models import Q, QuerySet

from community.accounts.models import User
from community.spaces.access import owns
from community.spaces.models import Membership, Role, Space
from discussions.exports.models import Export


def get_export(public_id: str, *, viewer: User) -> Export:
    """Return viewer's own export. Raises Export.DoesNotExist.

    Of a space only as long as viewer owns it: what changed since it was asked for counts.
    """
    mine = Export.objects.visible_to(viewer).select_related("space", "job", "person")
    export = mine.get(public_id=public_id)
    if export.space is not None and not owns(export.space, viewer):
        raise Export.DoesNotExist
    return export


def own_exports(viewer: User) -> QuerySet[Export]:
    """Those that get_export() returns."""
    owned = Membership.objects.filter(person=viewer, role=Role.OWNER).values("space_id")
    mine = Export.objects.visible_to(viewer).select_related("space", "job")
    return mine.filter(Q(space=None) | Q(space__in=owned))


def can_export(space: Space, person: User) -> bool:
    return owns(space, person)
