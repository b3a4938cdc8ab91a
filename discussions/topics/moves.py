"""What a move of a topic to another space would mean."""

from dataclasses import dataclass

from community.spaces.models import Space
from community.spaces.sight import Sight, readers, sight
from discussions.tags.models import TagCount
from discussions.topics.models import Topic
from discussions.topics.tagging import tags_on


@dataclass(frozen=True)
class MovePreview:
    """new_tags: those that no topic of the other space has had so far; it gets them along."""

    sight: Sight
    new_tags: list[str]
    loses_pin: bool
    mark: str


def preview_move(topic: Topic, to: Space) -> MovePreview:
    change = sight(readers(topic.space), readers(to))
    known = TagCount.objects.filter(space=to).values("tag_id")
    there = set(topic.topic_tags.filter(tag__in=known).values_list("tag__name", flat=True))
    new_tags = [name for name in tags_on(topic) if name not in there]
    shown = (topic.space_id, to.pk, new_tags, topic.is_pinned)
    return MovePreview(change, new_tags, topic.is_pinned, change.mark(*shown))
