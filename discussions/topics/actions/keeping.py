"""Closing, pinning, deleting, and taking each of them back."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.recording import action, record
from community.spaces.models import Space
from discussions.events import (
    POST_DELETED,
    POST_RESTORED,
    TOPIC_CLOSED,
    TOPIC_DELETED,
    TOPIC_PINNED,
    TOPIC_REOPENED,
    TOPIC_RESTORED,
    TOPIC_UNPINNED,
)
from discussions.topics.access import (
    require_moderate,
    require_restore,
    require_write_now,
)
from discussions.topics.counters import recount
from discussions.topics.locking import lock_post, lock_topic
from discussions.topics.models import Closure, Deletion, Pin, Post, Topic
from discussions.topics.texts import checked_reason

# A year, to the end of its last day.
LONGEST_PIN = timedelta(days=368)


@action
def close_topic(topic: Topic, *, by: User, reason: str, at: datetime | None = None) -> Closure:
    """Let nothing more be added; at is now where none is given.

    Raises PermissionDenied unless by moderates, ValidationError for the field reason.
    """
    topic = lock_topic(topic)
    require_write_now(topic.space, by)
    require_moderate(topic, by)
    reason = checked_reason(reason)
    if not reason:
        raise ValidationError({"reason": _("Say why, so that people know where to go on.")})
    closure = topic.closures.filter(reopened_at=None).first()
    if closure is None:
        closure = Closure.objects.create(topic=topic, reason=reason, by=by, at=at or timezone.now())
        topic.closed_at = closure.at
        topic.save(update_fields=["closed_at"])
        record(TOPIC_CLOSED, actor=by, obj=topic, topic=topic, reason=reason)
    return closure


@action
def reopen_topic(topic: Topic, *, by: User) -> None:
    topic = lock_topic(topic)
    require_write_now(topic.space, by)
    require_moderate(topic, by)
    if topic.closed_at is None:
        return
    topic.closures.filter(reopened_at=None).update(reopened_at=timezone.now(), reopened_by=by)
    topic.closed_at = None
    topic.save(update_fields=["closed_at"])
    record(TOPIC_REOPENED, actor=by, obj=topic, topic=topic)


@action
def pin_topic(topic: Topic, *, by: User, until: datetime) -> Pin:
    """Keep topic on top of its space until then.

    Raises ValidationError for a time that has passed or is more than a year away.
    """
    topic = lock_topic(topic)
    require_write_now(topic.space, by)
    require_moderate(topic, by)
    if until <= timezone.now():
        raise ValidationError({"until": _("Choose a day that is still to come.")})
    if until > timezone.now() + LONGEST_PIN:
        raise ValidationError({"until": _("A topic stays on top for a year at most.")})
    pin, _created = Pin.objects.update_or_create(topic=topic, defaults={"until": until, "by": by})
    topic.pinned_until = until
    topic.save(update_fields=["pinned_until"])
    record(TOPIC_PINNED, actor=by, obj=topic, topic=topic, until=until.isoformat())
    return pin


@action
def unpin_topic(topic: Topic, *, by: User) -> None:
    topic = lock_topic(topic)
    require_write_now(topic.space, by)
    require_moderate(topic, by)
    if topic.pinned_until is None:
        return
    Pin.objects.filter(topic=topic).delete()
    topic.pinned_until = None
    topic.save(update_fields=["pinned_until"])
    record(TOPIC_UNPINNED, actor=by, obj=topic, topic=topic)


def delete_locked(post: Post, *, by: User) -> Post:
    """Take a post out of sight; with its opening post a topic goes. restore_post brings it back.

    For discussions.answers.actions.remove_post, which locks it, asks who may, and un-accepts.
    """
    if post.deleted_at is not None:
        return post
    deletion = Deletion.objects.create(post=post, by=by)
    _set_deleted(post, deletion.at)
    opening = post.kind == Post.Kind.OPENING
    record(TOPIC_DELETED if opening else POST_DELETED, **_facts(post, by))
    return post


@action
def restore_post(post: Post, *, by: User) -> Post:
    """Bring a deleted post, or with its opening post a topic, back into sight."""
    post = lock_post(post)
    require_write_now(post.topic.space, by)
    if post.deleted_at is None:
        return post
    require_restore(post, by)
    post.deletions.filter(restored_at=None).update(restored_at=timezone.now(), restored_by=by)
    _set_deleted(post, None)
    opening = post.kind == Post.Kind.OPENING
    record(TOPIC_RESTORED if opening else POST_RESTORED, **_facts(post, by))
    return post


def _facts(post: Post, by: User) -> dict[str, Any]:
    """What the events tell: with its opening post a topic goes and comes back."""
    return {
        "actor": by,
        "obj": post.topic if post.kind == Post.Kind.OPENING else post,
        "subject": post.author,
        "topic": post.topic,
        "tag_ids": post.topic.topic_tags.values_list("tag_id", flat=True),
        "post": post.public_id,
    }


def _set_deleted(post: Post, at: datetime | None) -> None:
    post.deleted_at = at
    post.save(update_fields=["deleted_at"])
    topic = post.topic
    if post.kind != Post.Kind.OPENING:
        recount(topic)
        return
    topic.deleted_at = at
    topic.save(update_fields=["deleted_at"])
    step = -1 if at else 1
    Space.objects.filter(pk=topic.space_id).update(topic_count=F("topic_count") + step)
