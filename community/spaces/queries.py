"""Reads on spaces that several pages need."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from community.accounts.models import User
from community.spaces.access import can_edit_space, can_name_owner, can_request
from community.spaces.models import (
    MODERATING,
    JoinAnswer,
    JoinRequest,
    Membership,
    Role,
    Space,
    SpaceInvitation,
    Visibility,
)


def my_memberships(viewer: User) -> QuerySet[Membership]:
    """viewer's memberships with their spaces, by name; one query."""
    return viewer.memberships.select_related("space").order_by("space__name", "space_id")


def membership_of(space: Space, viewer: User) -> Membership | None:
    return space.memberships.filter(person=viewer).first()


def head(space: Space, viewer: User, tab: str) -> dict[str, Any]:
    """Return the context of community/spaces/head.html; tab is one of those named there.

    The shell's button asks in this space.
    """
    return {
        "space": space,
        "ask_url": f"/ask?space={space.slug}",
        "tab": tab,
        "membership": membership_of(space, viewer),
        "can_edit": can_edit_space(space, viewer),
    }


def outside(space: Space, viewer: User) -> dict[str, Any]:
    """Return the context of community/spaces/closed.html: what somebody sees who can't look in."""
    invitations = SpaceInvitation.objects.filter(space=space, person=viewer)
    return {
        "space": space,
        "owners": owners(space),
        "invitation": invitations.select_related("by").first(),
        "my_answer": JoinAnswer.objects.filter(space=space, person=viewer).first(),
        "my_request": JoinRequest.objects.filter(space=space, person=viewer).first(),
        "can_request": can_request(space, viewer),
        "can_name_owner": can_name_owner(space, viewer),
    }


def writable_spaces(viewer: User) -> QuerySet[Space]:
    """Where viewer may start a topic: own spaces first, then the other open ones."""
    mine = Membership.objects.filter(person=viewer, space=OuterRef("pk"))
    return (
        Space.objects.visible_to(viewer)
        .unarchived()
        .annotate(joined=Exists(mine))
        .order_by("-joined", "name", "id")
    )


def members(space: Space, *, search: str = "") -> QuerySet[Membership]:
    """Members by name; search takes a part of the name or handle."""
    found = space.memberships.select_related("person")
    for word in search.split()[:5]:
        found = found.filter(
            Q(person__name__icontains=word) | Q(person__handle__startswith=word.lower())
        )
    return found


def named_members(space: Space, *, search: str = "") -> QuerySet[Membership]:
    """Members with their `name`, so that a page can be cut by it."""
    return members(space, search=search).annotate(name=F("person__name"))


def directory(viewer: User, *, show: str = "", search: str = "") -> QuerySet[Space]:
    """Spaces that viewer may know of, each with `joined`; search takes parts of the name.

    show is "mine", "open", "closed" or "archived", which stand in no other list; else all.
    """
    mine = Membership.objects.filter(person=viewer, space=OuterRef("pk"))
    found = Space.objects.listed_for(viewer).annotate(joined=Exists(mine))
    is_archived = Q(archived_at__isnull=False)
    found = found.filter(is_archived if show == "archived" else ~is_archived)
    if show == "mine":
        found = found.filter(joined=True)
    elif show in Visibility:
        found = found.filter(visibility=show)
    for word in search.split()[:5]:
        found = found.filter(name__icontains=word)
    return found


def invitations_of(viewer: User) -> QuerySet[SpaceInvitation]:
    """Places that are kept for viewer, the latest first."""
    waiting = SpaceInvitation.objects.filter(person=viewer)
    return waiting.select_related("space", "by").order_by("-at", "-id")


def latest_invitations(viewer: User, *, shown: int = 5) -> list[SpaceInvitation]:
    """As many as templates show of them, and one more where there are more."""
    return list(invitations_of(viewer)[: shown + 1])


def answers_to(viewer: User, *, limit: int = 5) -> list[JoinAnswer]:
    """What viewer was told on asking to join, the latest first."""
    told = JoinAnswer.objects.visible_to(viewer).select_related("space", "by")
    return list(told.order_by("-at", "-id")[:limit])


def join_requests(space: Space) -> QuerySet[JoinRequest]:
    """Who waits to be let in, the longest first."""
    return space.join_requests.select_related("person").order_by("at", "id")


def invitations(space: Space) -> QuerySet[SpaceInvitation]:
    return space.invitations.select_related("person", "by").order_by("person__name", "id")


def ownerless_spaces(viewer: User, *, limit: int = 50) -> list[Space]:
    """Spaces that viewer may know of and nobody owns, such as imported ones, by name."""
    owned = Membership.objects.filter(role=Role.OWNER, space=OuterRef("pk"))
    listed = Space.objects.listed_for(viewer).exclude(visibility=Visibility.SECRET)
    return list(listed.filter(~Exists(owned)).order_by("name", "id")[:limit])


def space_of(pk: int) -> Space | None:
    """For the follower of live updates, which asks who may read it."""
    return Space.objects.filter(pk=pk).first()


def moderating(space: Space, people: Collection[int]) -> set[int]:
    """Those of people, by id, who moderate space."""
    held = Membership.objects.filter(space=space, person__in=people, role__in=MODERATING)
    return set(held.values_list("person_id", flat=True))


def owners(space: Space) -> QuerySet[Membership]:
    found = space.memberships.filter(role=Role.OWNER).select_related("person")
    return found.order_by("person__name")
