"""Locks in one order: the topic first, then its posts."""

from discussions.topics.models import Post, Topic


def lock_topic(topic: Topic) -> Topic:
    """Return topic's row as it is now, locked until the action commits."""
    return Topic.objects.select_for_update(of=("self",)).select_related("space").get(pk=topic.pk)


def lock_post(post: Post) -> Post:
    """Return post's row as it is now, its topic and then itself locked."""
    topic = lock_topic(post.topic)
    locked = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    locked.topic = topic
    return locked
