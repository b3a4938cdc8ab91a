"""What the viewer voted."""

from collections.abc import Iterable

from community.accounts.models import User
from discussions.reactions.models import Vote
from discussions.topics.models import Post, Topic


def votes_of(viewer: User, posts: Iterable[Post]) -> dict[int, int]:
    """Return viewer's votes by post id; one query."""
    rows = Vote.objects.filter(person=viewer, post__in=[post.pk for post in posts])
    return dict(rows.values_list("post_id", "value"))


def votes_in(topic: Topic, viewer: User) -> dict[str, int]:
    """Return viewer's votes in topic by the public ids of the posts; one query."""
    rows = Vote.objects.filter(person=viewer, post__topic=topic)
    return dict(rows.values_list("post__public_id", "value"))
