"""What the Library lists, as programs get it."""

from collections.abc import Iterable

from discussions.resources.models import Resource
from discussions.resources.shapes import ResourceRowShape, resource_row_shape
from discussions.topics.shapes import topic_shape
from learning.library.cards import reason_for


class LibraryRowShape(ResourceRowShape):
    # Why it suits you, in words; null where you asked for something else.
    reason: str | None


def library_shapes(
    resources: Iterable[Resource], *, followed: frozenset[int] | None
) -> list[LibraryRowShape]:
    """Of resources that came through with_card_parts(); followed is None where no reasons count."""
    return [_library_shape(one, followed) for one in resources]


def _library_shape(resource: Resource, followed: frozenset[int] | None) -> LibraryRowShape:
    topic = resource.topic
    row = resource_row_shape(
        resource,
        topic_shape(topic, [row.tag.name for row in topic.topic_tags.all()]),
        newest=next(iter(resource.versions.all()), None),
        captions=sorted(one.language for one in resource.captions.all()),
    )
    return {**row, "reason": None if followed is None else reason_for(topic, followed)}
