"""What people write whom one follows."""

from community.accounts.models import User
from community.following.queries import followed_ids
from discussions.topics.models import Post, PostQuerySet

KINDS = (Post.Kind.OPENING, Post.Kind.ANSWER)


def posts_of_followed(viewer: User) -> PostQuerySet:
    """Topics and answers of people whom viewer follows, where viewer may read them."""
    posts = Post.objects.visible_to(viewer)
    return posts.filter(author__in=followed_ids(viewer), kind__in=KINDS)
