"""Starting topics and adding posts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.idempotency import once
from community.outbox.recording import action, record
from community.spaces.access import require_read
from community.spaces.models import Space
from community.text.refusals import Refusals
from discussions.events import ANSWER_POSTED, COMMENT_POSTED, REPLY_POSTED, TOPIC_STARTED
from discussions.tags.actions import find_or_create_tags
from discussions.topics.access import require_kind, require_post, require_write_now
from discussions.topics.allowances import require_post_allowance
from discussions.topics.counters import SHOWN_PARTICIPANTS, heat
from discussions.topics.locking import lock_topic
from discussions.topics.models import Kind, Post, Revision, Topic
from discussions.topics.tagging import checked_tags, set_tags
from discussions.topics.texts import (
    Text,
    attach_files,
    checked_source,
    checked_text,
    checked_title,
    remember_references,
)

POSTED = {
    Post.Kind.ANSWER: ANSWER_POSTED,
    Post.Kind.REPLY: REPLY_POSTED,
    Post.Kind.COMMENT: COMMENT_POSTED,
}


@dataclass(frozen=True)
class Draft:
    """A topic to be, checked and rendered."""

    kind: Kind
    title: str
    text: Text
    tags: list[str]
    # Stores what goes with the topic, in the same transaction.
    along: Callable[[Topic], object] | None = None


def start_topic(
    space: Space,
    *,
    by: User,
    kind: Kind,
    title: str,
    source: str,
    tags: Sequence[str],
    key: str = "",
    at: datetime | None = None,
    along: Callable[[Topic], object] | None = None,
) -> Topic:
    """Start a topic with its opening post; a repeat with the same key returns the first one.

    along stores what goes with a new topic, such as the address of a link. Raises
    PermissionDenied unless by reads the space (for announcements: moderates it), and
    ValidationError for the fields title, source, tags and kind.
    """
    require_read(space, by)
    draft = replace(_checked(space, kind, title, source, tags, by), along=along)
    return _start_once(space, draft, by, key, at or timezone.now())


@action
def _start_once(space: Space, draft: Draft, by: User, key: str, at: datetime) -> Topic:
    # As it is now, and for as long as this takes: topics are counted on its row in any case.
    space = Space.objects.select_for_update().get(pk=space.pk)
    require_write_now(space, by)
    topic = once(key, Topic, lambda: _start(space, draft, by, at), by=by)
    _require_same(topic.space_id, space.pk)
    return topic


def _require_same(place: int, asked: int) -> None:
    """A key that was used elsewhere must not show what its sender may no longer read there."""
    if place != asked:
        raise BadRequest(_("This form was sent before, from another page. Load it again."))


def _start(space: Space, draft: Draft, by: User, at: datetime) -> Topic:
    require_kind(draft.kind, space, by)
    require_post_allowance(by)
    found = find_or_create_tags(draft.tags, by=by)
    topic = Topic.objects.create(
        space=space,
        kind=draft.kind,
        title=draft.title,
        author=by,
        byline=by.name,
        created_at=at,
        active_at=at,
    )
    set_tags(topic, found)
    post = insert_post(topic, Post.Kind.OPENING, by, draft.text, at=at, tag_names=draft.tags)
    Space.objects.filter(pk=space.pk).update(topic_count=F("topic_count") + 1)
    if draft.along is not None:
        draft.along(topic)
    record(
        TOPIC_STARTED,
        actor=by,
        obj=topic,
        topic=topic,
        tag_ids=[tag.pk for tag in found],
        at=at,
        post=post.public_id,
    )
    return topic


def _checked(
    space: Space, kind: Kind, title: str, source: str, tags: Sequence[str], by: User
) -> Draft:
    """Check all three before saying what is wrong, so that one answer names every fault."""
    refusals = Refusals()
    names: list[str] = []
    with refusals.collected():
        title = checked_title(title)
    with refusals.collected():
        checked_source(source, Post.Kind.OPENING)
    with refusals.collected():
        names = checked_tags(tags, by=by, space=space)
    refusals.raise_any()
    text = checked_text(source, Post.Kind.OPENING, by=by, space_id=space.pk, tags=names)
    return Draft(kind, title, text, names)


def add_post(
    topic: Topic,
    kind: Post.Kind,
    *,
    by: User,
    source: str,
    parent: Post | None = None,
    key: str = "",
    at: datetime | None = None,
) -> Post:
    """Add an answer, reply or comment; a repeat with the same key returns the first one.

    Raises PermissionDenied in a closed topic, ValidationError for the field source.
    """
    require_read(topic.space, by)
    text = checked_text(source, kind, by=by, space_id=topic.space_id)
    return _append_once(topic, kind, by, text, parent, key, at or timezone.now())


@action
def _append_once(
    topic: Topic,
    kind: Post.Kind,
    by: User,
    text: Text,
    parent: Post | None,
    key: str,
    at: datetime,
) -> Post:
    locked = lock_topic(topic)
    require_write_now(locked.space, by)
    post = once(key, Post, lambda: _append(locked, kind, by, text, parent, at), by=by)
    _require_same(post.topic_id, locked.pk)
    return post


def _append(
    topic: Topic, kind: Post.Kind, by: User, text: Text, parent: Post | None, at: datetime
) -> Post:
    require_post(topic, by)
    # Asked again under the lock: it may have been deleted since the page was made.
    if parent is not None and not topic.posts.in_sight().filter(pk=parent.pk).exists():
        raise ValidationError({"": _("What this replies to is no longer here.")})
    require_post_allowance(by)
    post = insert_post(topic, kind, by, text, parent=parent, at=at)
    record(
        POSTED[kind],
        actor=by,
        obj=post,
        subject=(parent or topic).author,
        topic=topic,
        tag_ids=topic.topic_tags.values_list("tag_id", flat=True),
        at=at,
        post=post.public_id,
    )
    return post


def post_comment(
    parent: Post, *, by: User, source: str, key: str = "", at: datetime | None = None
) -> Post:
    """Hang a remark on a post; on a comment it goes to what that one hangs on."""
    if parent.kind == Post.Kind.COMMENT and parent.parent is not None:
        parent = parent.parent
    return add_post(
        parent.topic, Post.Kind.COMMENT, by=by, source=source, parent=parent, key=key, at=at
    )


def post_reply(
    topic: Topic,
    *,
    by: User,
    source: str,
    reply_to: Post | None = None,
    key: str = "",
    at: datetime | None = None,
) -> Post:
    """Reply in a discussion, an article or an announcement. ValidationError in a question."""
    if topic.kind == Kind.QUESTION:
        raise ValidationError({"": _("A question takes answers and comments, not replies.")})
    return add_post(topic, Post.Kind.REPLY, by=by, source=source, parent=reply_to, key=key, at=at)


def insert_post(
    topic: Topic,
    kind: Post.Kind,
    by: User,
    text: Text,
    *,
    at: datetime,
    parent: Post | None = None,
    tag_names: Sequence[str] = (),
) -> Post:
    """Store the post with its first revision and the topic row's new counters."""
    topic.highest_number += 1
    post = Post(
        topic=topic,
        number=topic.highest_number,
        kind=kind,
        parent=parent,
        author=by,
        byline=by.name,
        created_at=at,
    )
    text.put_into(post)
    post.save()
    remember_references(post, text.rendered)
    attach_files(post, text.rendered, by=by)
    Revision.objects.create(
        post=post,
        number=1,
        title=topic.title if kind == Post.Kind.OPENING else "",
        tag_names=list(tag_names),
        source=post.source,
        by=by,
        byline=by.name,
        at=at,
    )
    if kind == Post.Kind.OPENING:
        topic.excerpt = text.rendered.excerpt
    _count_in(topic, post)
    return post


def _count_in(topic: Topic, post: Post) -> None:
    """The cheap path of recount(): one more living post."""
    topic.answer_count += post.kind == Post.Kind.ANSWER
    topic.reply_count += post.kind == Post.Kind.REPLY
    topic.comment_count += post.kind == Post.Kind.COMMENT
    topic.active_at = max(topic.active_at, post.created_at)
    topic.last_poster, topic.last_byline = post.author, post.byline
    topic.last_number = post.number
    others = [person for person in topic.participant_ids if person != post.author_id]
    topic.participant_ids = [post.author_id, *others][:SHOWN_PARTICIPANTS]
    heat(topic)
    topic.save()
