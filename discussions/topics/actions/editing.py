"""Edits, each a revision; what somebody typed is never lost."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.recording import action, record
from community.text.markdown import Rendered
from discussions.events import POST_EDITED, REVISION_BLANKED
from discussions.topics.access import require_edit, require_moderate
from discussions.topics.locking import lock_post
from discussions.topics.models import Post, Revision
from discussions.topics.tagging import checked_tags, set_tags, tag_names
from discussions.topics.texts import (
    checked_reason,
    checked_source,
    checked_title,
    remember_references,
    render_into,
)

BLANKED = ["source", "title", "reason", "tag_names", "blanked_at", "blanked_by"]


class EditConflict(Exception):  # noqa: N818 - the domain's word for it
    """Somebody else edited in between; current is the post as it is now."""

    def __init__(self, current: Post) -> None:
        super().__init__(_("Somebody changed this text while you were editing it."))
        self.current = current


@action
def edit_post(
    post: Post,
    *,
    by: User,
    source: str,
    based_on: int,
    title: str | None = None,
    tags: Sequence[str] | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> Post:
    """Give post a new text (an opening post: title and tags too) as its next revision.

    based_on is the version that the editor started from. An edit that changes nothing makes no
    revision. Raises EditConflict, PermissionDenied, and ValidationError for source, title, tags
    and reason.
    """
    post = lock_post(post)
    require_edit(post, by)
    if post.version != based_on:
        raise EditConflict(post)
    source, reason = checked_source(source, post.kind), checked_reason(reason)
    title_before, tags_before = post.topic.title, tag_names(post.topic)
    changed = _set_title_and_tags(post, by, title, tags) | (source != post.source)
    if not changed:
        return post
    post.source = source
    rendered = render_into(post, space_id=post.topic.space_id)
    _store(post, rendered, by, reason, at or timezone.now())
    record(
        POST_EDITED,
        actor=by,
        obj=post,
        subject=post.author,
        topic=post.topic,
        tag_ids=post.topic.topic_tags.values_list("tag_id", flat=True),
        post=post.public_id,
        version=post.version,
        tags_before=tags_before,
        title_changed=post.topic.title != title_before,
    )
    return post


def _set_title_and_tags(
    post: Post, by: User, title: str | None, tags: Sequence[str] | None
) -> bool:
    """Tell whether something changed; answers and comments have neither."""
    if post.kind != Post.Kind.OPENING:
        return False
    topic, before = post.topic, (post.topic.title, tag_names(post.topic))
    if title is not None:
        topic.title = checked_title(title)
    if tags is not None:
        set_tags(topic, checked_tags(tags, by=by))
    return (topic.title, tag_names(post.topic)) != before


def _store(post: Post, rendered: Rendered, by: User, reason: str, at: datetime) -> None:
    post.version += 1
    post.edited_at = at
    post.save(update_fields=["source", "html", "render_version", "version", "edited_at"])
    remember_references(post, rendered)
    opening = post.kind == Post.Kind.OPENING
    if opening:
        post.topic.excerpt = rendered.excerpt
        post.topic.save(update_fields=["title", "excerpt"])
    Revision.objects.create(
        post=post,
        number=post.version,
        title=post.topic.title if opening else "",
        tag_names=tag_names(post.topic) if opening else [],
        source=post.source,
        by=by,
        byline=by.name,
        reason=reason,
        at=at,
    )


@action
def roll_back(post: Post, *, to: int, by: User, based_on: int) -> Post:
    """Make the text of revision `to` the newest one again.

    Raises ValidationError for a revision that was emptied, else like edit_post.
    """
    earlier = post.revisions.get(number=to)
    if earlier.blanked_at is not None:
        raise ValidationError({"": _("That version was emptied and can't come back.")})
    opening = post.kind == Post.Kind.OPENING
    return edit_post(
        post,
        by=by,
        source=earlier.source,
        based_on=based_on,
        title=earlier.title if opening and earlier.title else None,
        tags=earlier.tag_names if opening and earlier.tag_names else None,
        reason=_("Back to version %(number)s") % {"number": to},
    )


@action
def blank_revision(revision: Revision, *, by: User) -> Revision:
    """Empty one earlier version, for what must not be read again; the others keep their texts.

    Raises PermissionDenied unless by moderates, ValidationError for the current version.
    """
    post = lock_post(revision.post)
    require_moderate(post.topic, by)
    if revision.number == post.version:
        raise ValidationError(
            {"": _("This is the current version. Edit it first, then empty the earlier one.")}
        )
    if revision.blanked_at is None:
        revision.source, revision.title, revision.reason = "", "", ""
        revision.tag_names = []
        revision.blanked_at, revision.blanked_by = timezone.now(), by
        revision.save(update_fields=BLANKED)
        record(REVISION_BLANKED, actor=by, obj=revision, topic=post.topic, number=revision.number)
    return revision
