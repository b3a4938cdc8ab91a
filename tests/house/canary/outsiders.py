"""Who may not know what is private, and the rows that they may not change."""

from collections.abc import Iterable

from discussions.topics.models import Post
from learning.collections.models import Collection, CollectionItem
from tests.house.crawler import Leak
from tests.house.world import World

# Guests have test_guests.py, where what colleagues know is private too.
OUTSIDERS = ("stranger", "former member", "moderator elsewhere", "admin")
# Who is invited, which lists there are and every answer in a field are the business of those who
# manage people.
_OFFICE = {
    "admin": {
        "invited address",
        "invited name",
        "audience",
        "address in a table",
        "answer in a field",
    }
}


def unexpected(leaks: Iterable[Leak], role: str) -> list[str]:
    """The leaks that are not this role's business."""
    return [str(leak) for leak in leaks if leak.carrier not in _OFFICE.get(role, set())]


def private_rows(world: World) -> list[object]:
    """All rows of the private spaces that an outsider could have changed."""
    posts = Post.objects.filter(topic__space__in=world.spaces)
    columns = ["pk", "source", "version", "up", "down", "accepted_at", "deleted_at"]
    people = [sorted(space.memberships.values_list("person_id", "role")) for space in world.spaces]
    settings = [
        (space.name, space.rules_source, space.topic_count)
        for space in type(world.spaces[0]).objects.filter(pk__in=[s.pk for s in world.spaces])
    ]
    texts = ["pk", "title", "description_source", "owner_id", "deleted_at"]
    collections = Collection.objects.filter(space__in=world.spaces)
    items = CollectionItem.objects.filter(topic__space__in=world.spaces).order_by("pk")
    kept = [
        *collections.order_by("pk").values_list(*texts),
        *items.values_list("pk", "why", "place", "removed_at"),
    ]
    return [*posts.order_by("pk").values_list(*columns), *people, *settings, *kept]
