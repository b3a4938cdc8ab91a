"""Making one tag of two: what carries the topics of a merged tag over."""

from typing import Any

from community.accounts.models import User
from community.outbox.fanout import ROWS, start_fanout
from community.outbox.recording import action
from discussions.tags.merging import begin_merge, lock_merging, spaces_to_count
from discussions.tags.models import Tag
from discussions.topics.handlers import count_tag
from discussions.topics.models import Origin, TopicTag


@action
def merge_tag(tag: Tag, into: Tag, *, by: User) -> Tag:
    """Put into on all topics with tag, in every space, and let tag's names mean it.

    At once for 500 topics, the worker does the others. Who follows or mutes both keeps what they
    chose for into. Raises Tag.DoesNotExist, PermissionDenied, and ValidationError for the field
    into.
    """
    begin_merge(tag, into, by=by)
    _rows, position = merge_step({"tag": tag.pk}, 0, ROWS)
    if position is not None:
        start_fanout("merge-tag", tag=tag.pk)
    return into


def merge_step(data: dict[str, Any], position: int, limit: int) -> tuple[int, int | None]:
    """Put the other tag on topics of a merged one; a step of the fan-out "merge-tag"."""
    tag = lock_merging(data["tag"])
    if tag is None or tag.merged_into_id is None:
        return 0, None
    later = TopicTag.objects.filter(tag=tag, pk__gt=position).order_by("pk")
    rows = list(later.values_list("pk", "topic_id")[:limit])
    _move(rows, tag.merged_into_id)
    if len(rows) == limit:
        return len(rows), rows[-1][0]
    _end(tag, tag.merged_into_id)
    return len(rows), None


def _move(rows: list[tuple[int, int]], into_id: int) -> None:
    """rows: ids of the row and of the topic."""
    topics = {topic for _row, topic in rows}
    there = TopicTag.objects.filter(tag=into_id, topic__in=topics)
    both = set(there.values_list("topic_id", flat=True))
    TopicTag.objects.filter(pk__in=[row for row, topic in rows if topic in both]).delete()
    TopicTag.objects.filter(pk__in=[row for row, topic in rows if topic not in both]).update(
        tag=into_id
    )


def _end(tag: Tag, into_id: int) -> None:
    """Count what came over, and let tag go, so that its name is free."""
    for space_id in spaces_to_count(tag):
        count_tag(space_id, into_id)
    Origin.objects.filter(kind="tag", object_id=tag.pk).update(object_id=into_id)
    tag.delete()
