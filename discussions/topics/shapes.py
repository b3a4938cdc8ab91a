"""Topics, posts and revisions as programs get them.

What is shown of an author is the byline; author is null where an import names no person.
"""

from typing import Annotated, TypedDict

from community.accounts.shapes import handle_of
from community.http.api.shapes import Note, Time, written
from community.http.api.strings import Handle, Html
from community.spaces.shapes import SpaceNameShape, space_name_shape
from discussions.topics.models import Closure, Post, Revision, Topic

Markdown = Annotated[str, Note("Markdown.")]


class TopicShape(TypedDict):
    id: str
    kind: str
    title: str
    space: SpaceNameShape
    tags: list[str]
    author: Handle | None
    byline: str
    excerpt: str
    created_at: Time
    active_at: Time
    answer_count: int
    reply_count: int
    comment_count: int
    score: int
    solved_at: Time | None
    closed_at: Time | None
    pinned_until: Time | None
    deleted_at: Time | None
    url: str


class PostShape(TypedDict):
    id: str
    topic: str
    number: int
    kind: str
    # The id of what a comment hangs on, or a reply replies to.
    parent: str | None
    author: Handle | None
    byline: str
    html: Html
    version: int
    created_at: Time
    edited_at: Time | None
    up: int
    down: int
    accepted_at: Time | None
    deleted_at: Time | None
    url: str


class PostDetailShape(PostShape):
    source: Markdown


class RevisionShape(TypedDict):
    number: int
    title: str
    tags: list[str]
    source: Markdown
    by: Handle | None
    byline: str
    reason: str
    at: Time
    blanked_at: Time | None


class ClosureShape(TypedDict):
    reason: str
    by: Handle | None
    at: Time
    reopened_by: Handle | None
    reopened_at: Time | None


def topic_shape(topic: Topic, tags: list[str]) -> TopicShape:
    """topic comes with its space and author."""
    return {
        "id": topic.public_id,
        "kind": topic.kind,
        "title": topic.title,
        "space": space_name_shape(topic.space),
        "tags": tags,
        "author": handle_of(topic.author) if topic.author else None,
        "byline": topic.byline,
        "excerpt": topic.excerpt,
        "created_at": written(topic.created_at),
        "active_at": written(topic.active_at),
        "answer_count": topic.answer_count,
        "reply_count": topic.reply_count,
        "comment_count": topic.comment_count,
        "score": topic.score,
        "solved_at": written(topic.solved_at) if topic.solved_at else None,
        "closed_at": written(topic.closed_at) if topic.closed_at else None,
        "pinned_until": written(topic.pinned_until) if topic.pinned_until else None,
        "deleted_at": written(topic.deleted_at) if topic.deleted_at else None,
        "url": topic.get_absolute_url(),
    }


def post_shape(post: Post, parent: str | None) -> PostShape:
    """post comes with its topic and author; parent is the id of what it hangs on."""
    return {
        "id": post.public_id,
        "topic": post.topic.public_id,
        "number": post.number,
        "kind": post.kind,
        "parent": parent,
        "author": handle_of(post.author) if post.author else None,
        "byline": post.byline,
        "html": Html(post.html),
        "version": post.version,
        "created_at": written(post.created_at),
        "edited_at": written(post.edited_at) if post.edited_at else None,
        "up": post.up_total,
        "down": post.down_total,
        "accepted_at": written(post.accepted_at) if post.accepted_at else None,
        "deleted_at": written(post.deleted_at) if post.deleted_at else None,
        "url": post.get_absolute_url(),
    }


def post_detail_shape(post: Post) -> PostDetailShape:
    parent = post.parent.public_id if post.parent else None
    return {**post_shape(post, parent), "source": post.source}


def revision_shape(revision: Revision) -> RevisionShape:
    """revision comes with whom it is by."""
    return {
        "number": revision.number,
        "title": revision.title,
        "tags": revision.tag_names,
        "source": revision.source,
        "by": handle_of(revision.by) if revision.by else None,
        "byline": revision.byline,
        "reason": revision.reason,
        "at": written(revision.at),
        "blanked_at": written(revision.blanked_at) if revision.blanked_at else None,
    }


def closure_shape(closure: Closure) -> ClosureShape:
    """closure comes with both people."""
    return {
        "reason": closure.reason,
        "by": handle_of(closure.by) if closure.by else None,
        "at": written(closure.at),
        "reopened_by": handle_of(closure.reopened_by) if closure.reopened_by else None,
        "reopened_at": written(closure.reopened_at) if closure.reopened_at else None,
    }
