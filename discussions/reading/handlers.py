"""What follows for readers: who wrote a post has read it, who left a space knows nothing."""

from typing import Any

from community.accounts.models import User
from community.outbox.fanout import start_fanout
from community.outbox.models import Event
from community.spaces.models import Space
from discussions.reading.actions import raise_mark
from discussions.reading.models import SpaceWatermark, TopicReading
from discussions.topics.models import Post


def read_own_post(event: Event) -> None:
    """Raise the writer's mark over their post, unless others wrote in between unread."""
    posts = Post.objects.filter(public_id=event.data.get("post", ""))
    post = posts.select_related("topic", "author").first()
    if post is None or post.author is None or post.author_id != event.actor_id:
        return
    reading = TopicReading.objects.filter(person=post.author, topic=post.topic).first()
    mark = reading.highest_number if reading else 0
    between = Post.objects.in_sight().filter(
        topic=post.topic, number__gt=mark, number__lt=post.number
    )
    if not between.exclude(author=post.author).exists():
        raise_mark(post.topic, post.number, post.author)


def forget_readings(event: Event) -> None:
    """Rows of a space that somebody left, where they can't read it any more."""
    if event.space_id is not None and event.subject_id is not None:
        SpaceWatermark.objects.filter(person=event.subject_id, space=event.space_id).delete()
        start_fanout("forget-readings", person=event.subject_id, space=event.space_id)


def forget_readings_step(data: dict[str, Any], position: int, limit: int) -> tuple[int, int | None]:
    """A step of the fan-out "forget-readings"; who came back meanwhile keeps the rest."""
    person = User.objects.filter(pk=data["person"]).first()
    if person is None or Space.objects.visible_to(person).filter(pk=data["space"]).exists():
        return 0, None
    rows = TopicReading.objects.filter(person=person, topic__space=data["space"])
    found = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    TopicReading.objects.filter(pk__in=found).delete()
    return len(found), found[-1] if len(found) == limit else None
