"""Edits, each a revision; what somebody typed is never lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.conflicts import EditConflict
from community.outbox.recording import action, record
from community.spaces.access import require_read
from community.text.refusals import Refusals
from discussions.events import POST_EDITED, REVISION_BLANKED
from discussions.tags.actions import find_or_create_tags
from discussions.topics.access import require_edit, require_moderate, require_write_now
from discussions.topics.allowances import require_edit_allowance
from discussions.topics.locking import lock_post
from discussions.topics.models import Post, Revision, Topic
from discussions.topics.tagging import checked_tags, set_tags, tags_on
from discussions.topics.texts import (
    Text,
    attach_files,
    checked_reason,
    checked_source,
    checked_text,
    checked_title,
    keep_files_of_revisions,
    remember_references,
)

BLANKED = ["source", "title", "reason", "tag_names", "blanked_at", "blanked_by"]


@dataclass(frozen=True)
class Edit:
    """What a post is to become, checked and rendered; None leaves a title or tags as they are."""

    text: Text
    title: str | None
    tags: list[str] | None
    reason: str
    at: datetime


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
    edit = _checked(post, by, source, title, tags, reason, at or timezone.now())
    return _edit(post, edit, by, based_on)


def _checked(
    post: Post,
    by: User,
    source: str,
    title: str | None,
    tags: Sequence[str] | None,
    reason: str,
    at: datetime,
) -> Edit:
    require_read(post.topic.space, by)
    require_edit(post, by)
    opening = post.kind == Post.Kind.OPENING
    new_title = new_tags = None
    refusals = Refusals()
    with refusals.collected():
        reason = checked_reason(reason)
    with refusals.collected():
        new_title = checked_title(title) if opening and title is not None else None
    with refusals.collected():
        new_tags = _checked_tags(post.topic, tags, by) if opening and tags is not None else None
    with refusals.collected():
        checked_source(source, post.kind)
    refusals.raise_any()
    text = checked_text(
        source, post.kind, by=by, space_id=post.topic.space_id, tags=new_tags or (), post=post
    )
    return Edit(text, new_title, new_tags, reason, at)


def _checked_tags(topic: Topic, names: Sequence[str], by: User) -> list[str]:
    return checked_tags(names, by=by, space=topic.space, before=tags_on(topic))


@action
def _edit(post: Post, edit: Edit, by: User, based_on: int) -> Post:
    post = lock_post(post)
    require_write_now(post.topic.space, by)
    require_edit(post, by)
    return _edit_locked(post, edit, by, based_on)


def _edit_locked(post: Post, edit: Edit, by: User, based_on: int) -> Post:
    if post.version != based_on:
        raise EditConflict(post)
    title_before, tags_before = post.topic.title, tags_on(post.topic)
    changed = _set_title_and_tags(post.topic, edit, by) | (edit.text.source != post.source)
    if not changed:
        return post
    require_edit_allowance(by)
    _store(post, edit, by)
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


def _set_title_and_tags(topic: Topic, edit: Edit, by: User) -> bool:
    """Tell whether something changed."""
    before = (topic.title, tags_on(topic))
    if edit.title is not None:
        topic.title = edit.title
    if edit.tags is not None:
        set_tags(topic, find_or_create_tags(edit.tags, by=by))
    return (topic.title, tags_on(topic)) != before


def _store(post: Post, edit: Edit, by: User) -> None:
    edit.text.put_into(post)
    post.version += 1
    post.edited_at = edit.at
    post.save(update_fields=["source", "html", "render_version", "version", "edited_at"])
    remember_references(post, edit.text.rendered)
    attach_files(post, edit.text.rendered, by=by)
    opening = post.kind == Post.Kind.OPENING
    if opening:
        post.topic.excerpt = edit.text.rendered.excerpt
        post.topic.save(update_fields=["title", "excerpt"])
    Revision.objects.create(
        post=post,
        number=post.version,
        title=post.topic.title if opening else "",
        tag_names=tags_on(post.topic) if opening else [],
        source=post.source,
        by=by,
        byline=by.name,
        reason=edit.reason,
        at=edit.at,
    )


def roll_back(post: Post, *, to: int, by: User, based_on: int) -> Post:
    """Make the text of revision `to` the newest one again.

    Raises ValidationError for a revision that was emptied, else like edit_post.
    """
    earlier = _revision(post, to)
    reason = _("Back to version %(number)s") % {"number": to}
    title, tags = earlier.title or None, earlier.tag_names or None
    edit = _checked(post, by, earlier.source, title, tags, reason, timezone.now())
    return _roll_back(post, edit, to, by, based_on)


@action
def _roll_back(post: Post, edit: Edit, to: int, by: User, based_on: int) -> Post:
    post = lock_post(post)
    require_write_now(post.topic.space, by)
    require_edit(post, by)
    # Emptying takes the post's lock too: what was emptied since it was read doesn't come back.
    _revision(post, to)
    return _edit_locked(post, edit, by, based_on)


def _revision(post: Post, number: int) -> Revision:
    earlier = post.revisions.get(number=number)
    if earlier.blanked_at is not None:
        raise ValidationError({"": _("That version was emptied and can't come back.")})
    return earlier


@action
def blank_revision(revision: Revision, *, by: User) -> Revision:
    """Empty one earlier version, for what must not be read again; the others keep their texts.

    Raises PermissionDenied unless by moderates, ValidationError for the current version.
    """
    post = lock_post(revision.post)
    require_write_now(post.topic.space, by)
    require_moderate(post.topic, by)
    revision = post.revisions.get(pk=revision.pk)
    if revision.number == post.version:
        raise ValidationError(
            {"": _("This is the current version. Edit it first, then empty the earlier one.")}
        )
    if revision.blanked_at is None:
        revision.source, revision.title, revision.reason = "", "", ""
        revision.tag_names = []
        revision.blanked_at, revision.blanked_by = timezone.now(), by
        revision.save(update_fields=BLANKED)
        keep_files_of_revisions(post)
        record(REVISION_BLANKED, actor=by, obj=revision, topic=post.topic, number=revision.number)
    return revision
