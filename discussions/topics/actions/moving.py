"""Moving a topic to another space, once whoever does it has seen for whom that changes what."""

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.recording import action, record
from community.spaces.models import Space
from community.spaces.sight import require_same
from discussions.events import TOPIC_MOVED, TOPIC_MOVED_AWAY
from discussions.tags.models import TagCount
from discussions.topics.access import require_move, require_write_now
from discussions.topics.counters import heat
from discussions.topics.locking import lock_topic
from discussions.topics.models import Move, Pin, Topic
from discussions.topics.moves import preview_move


@action
def move_topic(topic: Topic, to: Space, *, by: User, seen: str) -> Topic:
    """Put topic into another space with all that is in it: posts, votes, accepted answers, tags.

    Its address stays; a pin, which is a place on top of a space, doesn't. Raises PermissionDenied
    unless by moderates the one space and may write in the other, SightChanged unless seen is the
    mark of preview_move() now, ValidationError for the field to.
    """
    topic = lock_topic(topic)
    source, to = _lock_spaces(topic.space, to)
    for space in (source, to):
        require_write_now(space, by)
    topic.space = source
    require_move(topic, to, by)
    if topic.deleted_at is not None:
        raise ValidationError({"to": _("This topic is deleted. Bring it back, then move it.")})
    if source.pk == to.pk:
        raise ValidationError({"to": _("It is there already. Choose another space.")})
    require_same(seen, preview_move(topic, to).mark)
    _move(topic, source, to, by)
    return topic


def _lock_spaces(source: Space, to: Space) -> tuple[Space, Space]:
    """In the order of their ids, so that two moves in opposite directions can't meet."""
    both = Space.objects.select_for_update().filter(pk__in=[source.pk, to.pk]).order_by("pk")
    locked = {space.pk: space for space in both}
    return locked[source.pk], locked[to.pk]


def _move(topic: Topic, source: Space, to: Space, by: User) -> None:
    Pin.objects.filter(topic=topic).delete()
    move = Move.objects.create(topic=topic, from_space=source, by=by)
    topic.space, topic.pinned_until, topic.moved_at = to, None, move.at
    heat(topic)
    topic.save(update_fields=["space", "pinned_until", "moved_at", "hot"])
    for space, step in ((source, -1), (to, 1)):
        Space.objects.filter(pk=space.pk).update(topic_count=F("topic_count") + step)
    tag_ids = list(topic.topic_tags.values_list("tag_id", flat=True))
    # The readers there know the tags at once; the worker counts.
    TagCount.objects.bulk_create(
        [TagCount(space=to, tag_id=tag) for tag in tag_ids], ignore_conflicts=True
    )
    _tell(TOPIC_MOVED, topic, to, by, tag_ids)
    _tell(TOPIC_MOVED_AWAY, topic, source, by, tag_ids)


def _tell(name: str, topic: Topic, space: Space, by: User, tag_ids: list[int]) -> None:
    """In the stream of space."""
    record(
        name,
        actor=by,
        obj=topic,
        subject=topic.author,
        topic=topic,
        space=space,
        tag_ids=tag_ids,
    )
