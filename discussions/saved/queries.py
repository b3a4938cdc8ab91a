"""Reading what one has saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from community.accounts.models import User
from community.http.keyset import Order
from discussions.saved.models import SavedPost
from discussions.topics.models import Post

Rows = QuerySet[SavedPost]


@dataclass(frozen=True)
class Shelf:
    """A part of what somebody saved, and its order."""

    key: str
    order: Order
    narrow: Callable[[Rows], Rows] = lambda rows: rows


ALL = Shelf("all", Order(("-saved_at", "-id")))
REMINDERS = Shelf(
    "reminders",
    Order(("remind_at", "id")),
    lambda rows: rows.filter(remind_at__isnull=False, done_at=None),
)
DONE = Shelf("done", Order(("-done_at", "-id")), lambda rows: rows.filter(done_at__isnull=False))
SHELVES = (ALL, REMINDERS, DONE)


@dataclass(frozen=True)
class Shown:
    """post is None where its reader can't see it any more: nothing is said of it then."""

    saved: SavedPost
    post: Post | None


def saved_of(viewer: User) -> Rows:
    return SavedPost.objects.filter(person=viewer, removed_at=None)


def saved_post(post: Post, *, viewer: User) -> SavedPost:
    """Raises SavedPost.DoesNotExist where viewer has not saved it."""
    return saved_of(viewer).get(post=post)


def due_reminders(viewer: User, *, most: int) -> list[Shown]:
    """The oldest first, of posts in sight; one query."""
    readable = Post.objects.visible_to(viewer).values("pk")
    due = REMINDERS.narrow(saved_of(viewer)).filter(remind_at__lte=timezone.now())
    rows = due.filter(post__in=readable).select_related("post__topic__space", "post__author")
    return [Shown(row, row.post) for row in rows.order_by("remind_at", "pk")[:most]]


def shown_saved(rows: Sequence[SavedPost], *, viewer: User) -> list[Shown]:
    """One query."""
    wanted = [row.post_id for row in rows]
    posts = Post.objects.visible_to(viewer).filter(pk__in=wanted)
    posts = posts.select_related("topic__space", "author").defer("source", "html")
    found = {post.pk: post for post in posts}
    return [Shown(row, found.get(row.post_id)) for row in rows]
