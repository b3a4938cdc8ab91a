"""Topics, their posts, and what became of both."""

from discussions.topics.models.history import Closure, Move, Pin, Revision
from discussions.topics.models.references import Origin, Reference, TopicLink
from discussions.topics.models.threads import (
    RESOURCE_KINDS,
    SHARED_KINDS,
    UNANSWERED,
    Deletion,
    Kind,
    Post,
    PostQuerySet,
    Topic,
    TopicQuerySet,
    TopicTag,
)

__all__ = [
    "RESOURCE_KINDS",
    "SHARED_KINDS",
    "UNANSWERED",
    "Closure",
    "Deletion",
    "Kind",
    "Move",
    "Origin",
    "Pin",
    "Post",
    "PostQuerySet",
    "Reference",
    "Revision",
    "Topic",
    "TopicLink",
    "TopicQuerySet",
    "TopicTag",
]
