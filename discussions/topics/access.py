"""Who may see and do what with topics and posts: pages, API and sockets get them only here."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.spaces.access import (
    can_read,
    moderates,
    refresh_rights,
    require_read,
    require_unarchived,
    roles_of,
)
from community.spaces.models import Space, moderated_by
from community.spaces.queries import writable_spaces
from discussions.topics.models import Kind, Post, PostQuerySet, Topic


def get_topic(public_id: str, *, viewer: User) -> Topic:
    """Return a topic that viewer may read, a deleted one only where viewer may restore it.

    Raises Topic.DoesNotExist alike for a hidden and a missing one.
    """
    topics = Topic.objects.select_related("space", "author", "last_poster")
    topics = topics.filter(public_id=public_id)
    # What is hidden, deleted or missing takes the same three statements.
    roles_of(viewer)
    for topic in topics:
        if viewer.is_active and topic.deleted_at is None and can_read(topic.space, viewer):
            return topic
    return topics.deleted_for(viewer).get()


def get_post(public_id: str, *, viewer: User) -> Post:
    """Return a post that viewer may read, a deleted one only where viewer may restore it.

    Raises Post.DoesNotExist alike for a hidden and a missing one.
    """
    # One statement, so that a hidden post takes as long as a missing one.
    posts = Post.objects.filter(public_id=public_id)
    topics = Topic.objects.filter(posts__public_id=public_id)
    readable = Q(topic__in=topics.visible_to(viewer)) | Q(topic__in=topics.deleted_for(viewer))
    moderated = Q(topic__space__in=moderated_by(viewer))
    shown = moderated | Q(pk__in=posts.shown_to(viewer, moderates=False))
    return posts.select_related("topic__space", "author", "parent").get(readable, shown)


def get_numbered_post(topic: Topic, number: int, *, viewer: User) -> Post:
    """Return the post with this number of a topic that viewer got from get_topic.

    Raises Post.DoesNotExist alike for a hidden and a missing one.
    """
    post = posts_shown(topic, viewer).select_related("parent").get(number=number)
    post.topic = topic
    return post


def readable_posts(viewer: User) -> PostQuerySet:
    """The posts whose files viewer may read: a deleted post hides its own at once."""
    return Post.objects.visible_to(viewer).select_related("topic")


def posts_shown(topic: Topic, viewer: User) -> PostQuerySet:
    """The posts of a topic that viewer got from get_topic: in sight, or theirs to restore."""
    posts = Post.objects.filter(topic=topic)
    return posts.shown_to(viewer, moderates=moderates(topic.space, viewer))


def require_read_now(space: Space, by: User) -> None:
    """For what people keep for themselves: by may have left since the request began.

    The checks that follow it in the same action see by's present role too.
    """
    refresh_rights(by)
    require_read(space, by)


def require_write_now(space: Space, by: User) -> None:
    """For writers that hold their locks: by may still read, and the space isn't archived."""
    require_read_now(space, by)
    require_unarchived(space)


def can_post(topic: Topic, by: User) -> bool:
    """Reply, answer and comment: everybody who may read, until topic is closed or put away."""
    if topic.deleted_at is not None or topic.space.archived_at is not None:
        return False
    return topic.closed_at is None or moderates(topic.space, by)


def require_post(topic: Topic, by: User) -> None:
    if not can_post(topic, by):
        raise PermissionDenied(_("This topic is closed; nothing can be added to it."))


def can_edit(post: Post, by: User) -> bool:
    """The author while the topic is open, and moderators of the space, until it is archived."""
    return _can_edit(post, post.topic, by)


def can_edit_topic(topic: Topic, by: User) -> bool:
    """What belongs to topic beside its posts: whoever may edit the first of them."""
    return _can_edit(topic, topic, by)


def _can_edit(written: Post | Topic, topic: Topic, by: User) -> bool:
    if topic.space.archived_at is not None:
        return False
    if moderates(topic.space, by):
        return True
    return written.author_id == by.pk and topic.closed_at is None and written.deleted_at is None


def require_edit(post: Post, by: User) -> None:
    require_unarchived(post.topic.space)
    if not can_edit(post, by):
        raise _refusal(post, post.topic, by)


def require_edit_topic(topic: Topic, by: User) -> None:
    require_unarchived(topic.space)
    if not can_edit_topic(topic, by):
        raise _refusal(topic, topic, by)


def _refusal(written: Post | Topic, topic: Topic, by: User) -> PermissionDenied:
    if written.author_id == by.pk and topic.closed_at is not None:
        return PermissionDenied(_("This topic is closed; only moderators of the space edit it."))
    return PermissionDenied(_("Only its author and the moderators of the space edit this."))


def can_delete(post: Post, by: User) -> bool:
    return post.author_id == by.pk or moderates(post.topic.space, by)


def require_delete(post: Post, by: User) -> None:
    if not can_delete(post, by):
        raise PermissionDenied(_("Only its author and the moderators of the space delete this."))


def can_restore(post: Post, by: User) -> bool:
    """Moderators; the author where it was the author who deleted it."""
    if moderates(post.topic.space, by):
        return True
    last = post.deletions.filter(restored_at=None).last()
    return last is not None and last.by_id == by.pk == post.author_id


def require_restore(post: Post, by: User) -> None:
    if not can_restore(post, by):
        raise PermissionDenied(
            _("A moderator took this out of sight; only moderators bring it back.")
        )


def require_move(topic: Topic, to: Space, by: User) -> None:
    """Who moderates the space that topic leaves, and may start such a topic where it goes."""
    require_moderate(topic, by)
    require_read(to, by)
    require_kind(Kind(topic.kind), to, by)


def spaces_for(kind: Kind | str, by: User) -> QuerySet[Space]:
    """Where by may start a topic of this kind: writable_spaces(), or those that by looks after."""
    spaces = writable_spaces(by)
    return spaces.filter(pk__in=moderated_by(by)) if kind == Kind.ANNOUNCEMENT else spaces


def require_kind(kind: Kind, space: Space, by: User) -> None:
    """For a space where by may write: whoever looks after it announces."""
    if kind == Kind.ANNOUNCEMENT and not moderates(space, by):
        raise PermissionDenied(_("Only owners and moderators of the space announce something."))


def require_moderate(topic: Topic, by: User) -> None:
    if not moderates(topic.space, by):
        raise PermissionDenied(_("Only owners and moderators of the space do this."))
