"""Reads on what became of topics and posts that access gave."""

from django.db.models import QuerySet

from discussions.topics.models import Closure, Move, Post, Revision, Topic


def revisions_of(post: Post) -> QuerySet[Revision]:
    return Revision.objects.filter(post=post).select_related("by")


def closures_of(topic: Topic) -> QuerySet[Closure]:
    """In the order in which it was closed."""
    found = Closure.objects.filter(topic=topic).select_related("by", "reopened_by")
    return found.order_by("at", "pk")


def moves_of(topic: Topic) -> list[Move]:
    """When topic came from other spaces; no query for one that never did."""
    return list(topic.moves.select_related("by").order_by("at")) if topic.moved_at else []
