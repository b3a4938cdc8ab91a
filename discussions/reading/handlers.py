"""What follows for readers: who wrote a post has read it, who left a space knows nothing."""

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
    """Rows of a space that somebody left, where they can't read it any more; 500 at most."""
    space = Space.objects.filter(pk=event.space_id or 0).first()
    person = event.subject
    if space is None or person is None:
        return
    SpaceWatermark.objects.filter(person=person, space=space).delete()
    if not Space.objects.visible_to(person).filter(pk=space.pk).exists():
        rows = TopicReading.objects.filter(person=person, topic__space=space)
        TopicReading.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:500])).delete()
