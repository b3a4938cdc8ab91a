"""Reading what one has saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone

from community.accounts.models import User
from community.http.keyset import Order
from discussions.saved.models import SavedPost
from discussions.topics.models import Post, TopicTag

Rows = QuerySet[SavedPost]


@dataclass(frozen=True)
class Shelf:
    """A part of what somebody saved, and its order."""

    key: str
    order: Order
    holds: Callable[[User], Q] = lambda viewer: Q()

    def narrow(self, rows: Rows, viewer: User) -> Rows:
        return rows.filter(self.holds(viewer))


ALL = Shelf("all", Order(("-saved_at", "-id")))
REMINDERS = Shelf(
    "reminders",
    Order(("remind_at", "id")),
    lambda viewer: Q(remind_at__isnull=False, done_at=None),
)
CHANGED = Shelf(
    "changed",
    Order(("-saved_at", "-id")),
    # What became of a post that is out of sight is nobody's business.
    lambda viewer: Q(
        post__in=Post.objects.visible_to(viewer), post__edited_at__gt=F("saved_at"), done_at=None
    ),
)
DONE = Shelf("done", Order(("-done_at", "-id")), lambda viewer: Q(done_at__isnull=False))
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


def counts_of(viewer: User) -> dict[str, int]:
    """How much stands on each shelf, by its key; one query."""
    counts = {shelf.key: Count("pk", filter=shelf.holds(viewer)) for shelf in SHELVES}
    return saved_of(viewer).aggregate(**counts)


def saved_post(post: Post, *, viewer: User) -> SavedPost:
    """Raises SavedPost.DoesNotExist where viewer has not saved it."""
    return saved_of(viewer).get(post=post)


def due_reminders(viewer: User, *, most: int) -> list[Shown]:
    """The oldest first, of posts in sight; two queries."""
    readable = Post.objects.visible_to(viewer).values("pk")
    due = REMINDERS.narrow(saved_of(viewer), viewer).filter(remind_at__lte=timezone.now())
    rows = due.filter(post__in=readable).select_related("post__topic__space", "post__author")
    rows = rows.prefetch_related(_tags("post__topic__topic_tags"))
    return [Shown(row, row.post) for row in rows.order_by("remind_at", "pk")[:most]]


def shown_saved(rows: Sequence[SavedPost], *, viewer: User) -> list[Shown]:
    """Two queries."""
    wanted = [row.post_id for row in rows]
    posts = Post.objects.visible_to(viewer).filter(pk__in=wanted)
    posts = posts.select_related("topic__space", "author").defer("source", "html")
    posts = posts.prefetch_related(_tags("topic__topic_tags"))
    found = {post.pk: post for post in posts}
    return [Shown(row, found.get(row.post_id)) for row in rows]


def _tags(path: str) -> Prefetch[str, QuerySet[TopicTag], str]:
    return Prefetch(path, TopicTag.objects.select_related("tag").order_by("place"))
