"""Saved posts as programs get them."""

from typing import TypedDict

from community.http.api.shapes import Time, written
from discussions.saved.models import SavedPost
from discussions.topics.models import Post


class SavedPostShape(TypedDict):
    id: str
    # The id of the post, null where you can't see it any more.
    post: str | None
    title: str | None
    url: str | None
    note: str
    remind_at: Time | None
    saved_at: Time
    done_at: Time | None


def saved_shape(saved: SavedPost, post: Post | None) -> SavedPostShape:
    """post comes with its topic."""
    return {
        "id": saved.public_id,
        "post": post.public_id if post else None,
        "title": post.topic.title if post else None,
        "url": post.get_absolute_url() if post else None,
        "note": saved.note,
        "remind_at": written(saved.remind_at) if saved.remind_at else None,
        "saved_at": written(saved.saved_at),
        "done_at": written(saved.done_at) if saved.done_at else None,
    }
