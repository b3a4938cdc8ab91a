"""Whom somebody follows, and how many follow somebody."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from community.accounts.models import User
from community.following.models import Follow


@dataclass(frozen=True)
class Following:
    """Of a person, as a viewer sees it. followers: how many, never who."""

    followers: int
    is_followed: bool


def followed_ids(viewer: User) -> QuerySet[Follow, int]:
    """The keys of whom viewer follows, to be asked within another query."""
    return Follow.objects.filter(person=viewer).values_list("followed_id", flat=True)


def followed_by(viewer: User) -> QuerySet[User]:
    """Those whom viewer follows, who left meanwhile too."""
    people: QuerySet[User] = User.objects.visible_to(viewer)
    return people.filter(pk__in=followed_ids(viewer))


def following_of(person: User, *, viewer: User) -> Following:
    """One query."""
    counted = Follow.objects.filter(followed=person, person__is_active=True).aggregate(
        followers=Count("pk"), mine=Count("pk", filter=Q(person=viewer))
    )
    return Following(counted["followers"], bool(counted["mine"]))
