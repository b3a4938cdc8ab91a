"""Reads on what became of topics and posts that access gave."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from discussions.topics.models import Closure, Deletion, Move, Post, Revision, Topic


def revisions_of(post: Post) -> QuerySet[Revision]:
    return Revision.objects.filter(post=post).select_related("by")


def closures_of(topic: Topic) -> QuerySet[Closure]:
    """In the order in which it was closed."""
    found = Closure.objects.filter(topic=topic).select_related("by", "reopened_by")
    return found.order_by("at", "pk")


def moves_of(topic: Topic) -> list[Move]:
    """When topic came from other spaces; no query for one that never did."""
    return list(topic.moves.select_related("by").order_by("at")) if topic.moved_at else []


def topic_of(pk: int) -> Topic | None:
    """For the follower, which asks who may read it."""
    return Topic.objects.select_related("space", "author", "last_poster").filter(pk=pk).first()


def topics_in(space_id: int, *, among: Collection[int]) -> QuerySet[Topic, int]:
    """Ids of those among that are in this space."""
    return Topic.objects.filter(pk__in=among, space_id=space_id).values_list("pk", flat=True)


def anchors_of(ids: Iterable[int]) -> dict[int, int]:
    """The number of the post that each of these stands with: a comment hangs on another."""
    posts = Post.objects.filter(pk__in=ids).values_list("pk", "kind", "number", "parent__number")
    return {
        pk: parent if kind == Post.Kind.COMMENT and parent else number
        for pk, kind, number, parent in posts
    }


def deleters_in(topic: Topic, people: Collection[int]) -> set[int]:
    """Those of people, by id, who deleted something of topic that is not restored."""
    deletions = Deletion.objects.filter(post__topic=topic, by__in=people, restored_at=None)
    return set(deletions.values_list("by_id", flat=True))
