"""Reads on spaces that several pages need."""

from django.db.models import Exists, OuterRef, QuerySet

from community.accounts.models import User
from community.spaces.models import Membership, Role, Space


def my_memberships(viewer: User) -> QuerySet[Membership]:
    """viewer's memberships with their spaces, by name; one query."""
    return viewer.memberships.select_related("space").order_by("space__name", "space_id")


def writable_spaces(viewer: User) -> QuerySet[Space]:
    """Where viewer may start a topic: own spaces first, then the other open ones."""
    mine = Membership.objects.filter(person=viewer, space=OuterRef("pk"))
    return (
        Space.objects.visible_to(viewer)
        .annotate(joined=Exists(mine))
        .order_by("-joined", "name", "id")
    )


def members(space: Space, *, search: str = "") -> QuerySet[Membership]:
    """Members by name; search takes a part of the name or handle."""
    found = space.memberships.select_related("person")
    for word in search.split()[:5]:
        found = found.filter(person__name__icontains=word)
    return found


def owners(space: Space) -> QuerySet[Membership]:
    found = space.memberships.filter(role=Role.OWNER).select_related("person")
    return found.order_by("person__name")
