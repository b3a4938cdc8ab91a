"""Reading what one has saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet
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
    narrow: Callable[[Rows, User], Rows] = lambda rows, viewer: rows


ALL = Shelf("all", Order(("-saved_at", "-id")))
REMINDERS = Shelf(
    "reminders",
    Order(("remind_at", "id")),
    lambda rows, viewer: rows.filter(remind_at__isnull=False, done_at=None),
)
CHANGED = Shelf(
    "changed",
    Order(("-saved_at", "-id")),
    # What became of a post that is out of sight is nobody's business.
    lambda rows, viewer: rows.filter(
        post__in=Post.objects.visible_to(viewer), post__edited_at__gt=F("saved_at"), done_at=None
    ),
)
DONE = Shelf(
    "done", Order(("-done_at", "-id")), lambda rows, viewer: rows.filter(done_at__isnull=False)
)
SHELVES = (ALL, REMINDERS, CHANGED, DONE)


@dataclass(frozen=True)
class Shown:
    """post is None where its reader can't see it any more: nothing is said of it then."""

    saved: SavedPost
    post: Post | None

    @property
    def is_changed(self) -> bool:
        """Whether the post was edited after it was saved."""
        edited = self.post.edited_at if self.post else None
        return edited is not None and edited > self.saved.saved_at


def saved_of(viewer: User) -> Rows:
    return SavedPost.objects.filter(person=viewer, removed_at=None)


def saved_post(post: Post, *, viewer: User) -> SavedPost:
    """Raises SavedPost.DoesNotExist where viewer has not saved it."""
    return saved_of(viewer).get(post=post)


def due_reminders(viewer: User, *, most: int) -> list[Shown]:
    """The oldest first, of posts in sight; one query."""
    readable = Post.objects.visible_to(viewer).values("pk")
    due = REMINDERS.narrow(saved_of(viewer), viewer).filter(remind_at__lte=timezone.now())
    rows = due.filter(post__in=readable).select_related("post__topic__space", "post__author")
    return [Shown(row, row.post) for row in rows.order_by("remind_at", "pk")[:most]]


def shown_saved(rows: Sequence[SavedPost], *, viewer: User) -> list[Shown]:
    """One query."""
    wanted = [row.post_id for row in rows]
    posts = Post.objects.visible_to(viewer).filter(pk__in=wanted)
    posts = posts.select_related("topic__space", "author").defer("source", "html")
    found = {post.pk: post for post in posts}
    return [Shown(row, found.get(row.post_id)) for row in rows]
