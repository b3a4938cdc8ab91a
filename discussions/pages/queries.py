"""What the page of a topic reads."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, Value

from community.accounts.models import User
from community.http.keyset import Order, Page, keyset_page
from discussions.reactions.models import Vote
from discussions.saved.queries import saved_of
from discussions.tags.models import Tag
from discussions.topics.access import posts_shown
from discussions.topics.models import (
    Kind,
    Origin,
    Post,
    PostQuerySet,
    Topic,
    TopicLink,
)

POSTS_A_PAGE = 20
BY_WORTH = Order(("-worth", "number"))
BY_NUMBER = Order(("number",))
# Stands among votes, which are 1 and -1, for a post that is saved.
SAVED = 0
# The kinds under which imports note where a post comes from.
ORIGIN_KINDS = ("question", "answer", "comment")


@dataclass
class Entry:
    """A post with what stands beneath it."""

    post: Post
    comments: list["Entry"] = field(default_factory=list)
    origin: Origin | None = None


@dataclass(frozen=True)
class Thread:
    """One page of a topic: its opening post, and answers by worth or replies by number."""

    opening: Entry
    entries: Sequence[Entry]
    # Cursors for ?after= and ?before=.
    older: str | None
    newer: str | None

    @property
    def best(self) -> list[Entry]:
        """Accepted answers; their worth puts them first."""
        return [entry for entry in self.entries if entry.post.accepted_at is not None]

    @property
    def others(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.post.accepted_at is None]


def read_thread(topic: Topic, *, viewer: User, after: str = "", before: str = "") -> Thread:
    """Read one page in three queries. Raises BadCursor."""
    rows, order = _main_posts(topic, viewer)
    page = keyset_page(rows, order, size=POSTS_A_PAGE, after=after, before=before)
    beneath = _opening_and_comments(topic, viewer, page.rows)
    origins = _origins([*page.rows, *beneath])
    entries = {post.pk: Entry(post, origin=origins.get(post.pk)) for post in [*beneath, *page.rows]}
    for post in beneath:
        if post.parent_id in entries:
            entries[post.parent_id].comments.append(entries[post.pk])
    opening = next(entries[post.pk] for post in beneath if post.number == 1)
    return Thread(opening, [entries[post.pk] for post in page.rows], page.older, page.newer)


def read_entries(topic: Topic, numbers: Collection[int], *, viewer: User) -> list[Entry]:
    """Those posts of topic with these numbers that viewer sees, in three queries."""
    posts = posts_shown(topic, viewer).filter(number__in=numbers).defer("source")
    rows = list(posts.select_related("author", "acceptance__by", "parent__author"))
    comments = posts_shown(topic, viewer).filter(parent__in=rows, kind=Post.Kind.COMMENT)
    beneath = list(comments.select_related("author").defer("source").order_by("number"))
    origins = _origins([*rows, *beneath])
    entries = {post.pk: Entry(post, origin=origins.get(post.pk)) for post in rows}
    for post in beneath:
        if post.parent_id in entries:
            entries[post.parent_id].comments.append(Entry(post, origin=origins.get(post.pk)))
    return list(entries.values())


def stands_behind(post: Post, *, viewer: User) -> int:
    """The number of what stands above post on its page; 0 for the first of the other answers."""
    rows, order = _main_posts(post.topic, viewer)
    above = rows.filter(_before(post, order), accepted_at=None)
    nearest = ("worth", "-number") if order == BY_WORTH else ("-number",)
    found = above.order_by(*nearest).values_list("number", flat=True).first()
    return found or (0 if order == BY_WORTH else 1)


def _main_posts(topic: Topic, viewer: User) -> tuple[PostQuerySet, Order]:
    """What the topic's pages are made of: answers of a question, replies of everything else."""
    shown = posts_shown(topic, viewer)
    if topic.kind == Kind.QUESTION:
        answers = shown.filter(kind=Post.Kind.ANSWER).select_related("author", "acceptance__by")
        return answers.defer("source"), BY_WORTH
    replies = shown.filter(kind=Post.Kind.REPLY).select_related("author", "parent__author")
    return replies.defer("source", "parent__source", "parent__html"), BY_NUMBER


def _opening_and_comments(topic: Topic, viewer: User, rows: Sequence[Post]) -> list[Post]:
    """One query for the opening post, its comments, and those on the page's rows."""
    on_page = Q(parent__number=1) | Q(parent__in=[post.pk for post in rows])
    wanted = Q(number=1) | Q(on_page, kind=Post.Kind.COMMENT)
    posts = posts_shown(topic, viewer).filter(wanted).select_related("author")
    return list(posts.defer("source").order_by("number"))


def _origins(posts: Iterable[Post]) -> dict[int, Origin]:
    """Where imported posts come from, by post id."""
    ids = [post.pk for post in posts]
    found = Origin.objects.filter(kind__in=ORIGIN_KINDS, object_id__in=ids)
    return {origin.object_id: origin for origin in found}


def place_of(post: Post, *, viewer: User) -> str:
    """Return the cursor of the page of its topic that holds post; "" for the first page.

    A comment stands with what it hangs on.
    """
    anchor = post.parent if post.kind == Post.Kind.COMMENT and post.parent else post
    anchor.topic = post.topic
    if anchor.kind == Post.Kind.OPENING:
        return ""
    rows, order = _main_posts(anchor.topic, viewer)
    full_pages = rows.filter(_before(anchor, order)).count() // POSTS_A_PAGE
    return _cursor_behind(rows, order, full_pages * POSTS_A_PAGE) if full_pages else ""


def _before(post: Post, order: Order) -> Q:
    earlier = Q(number__lt=post.number)
    if order == BY_NUMBER:
        return earlier
    return Q(worth__gt=post.worth) | Q(earlier, worth=post.worth)


def _cursor_behind(rows: PostQuerySet, order: Order, count: int) -> str:
    """The cursor of the row at place count, which the next page starts behind."""
    pair = rows.order_by(*order.columns).values_list("pk", flat=True)[count - 1 : count + 1]
    page: Page[Post] = keyset_page(rows.filter(pk__in=list(pair)), order, size=1)
    return page.older or ""


def origin_url(system: str, kind: str, external_id: str, *, viewer: User) -> str:
    """Return the address of what was imported under an id of another system.

    Raises ObjectDoesNotExist alike for an unknown id and for what viewer may not see.
    """
    # One statement, so that a hidden thing takes as long as an unknown id.
    origins = Origin.objects.filter(system=system, kind=kind, external_id=external_id)
    ids = origins.values("object_id")
    if kind == "tag":
        return Tag.objects.visible_to(viewer).get(pk__in=ids).get_absolute_url()
    if kind == "user":
        person: User = User.objects.visible_to(viewer).get(pk__in=ids)
        return person.get_absolute_url()
    if kind not in ORIGIN_KINDS:
        raise Origin.DoesNotExist
    posts = Post.objects.visible_to(viewer).select_related("topic")
    return posts.get(pk__in=ids).get_absolute_url()


@dataclass(frozen=True)
class Linked:
    related: list[Topic]
    # What this topic asks again.
    duplicates: list[Topic]


def linked_topics(topic: Topic, *, viewer: User, limit: int = 8) -> Linked:
    """Topics that viewer may read and that are linked with this one, either way; one query.

    By their ids first: asked the other way round, the database goes through every topic that the
    viewer may read.
    """
    outgoing = TopicLink.objects.filter(source=topic)
    incoming = TopicLink.objects.filter(target=topic)
    asked_again = outgoing.filter(target=OuterRef("pk"), kind=TopicLink.Kind.DUPLICATE)
    others = Topic.objects.visible_to(viewer).filter(
        Q(pk__in=outgoing.values("target_id")) | Q(pk__in=incoming.values("source_id"))
    )
    found = others.annotate(is_original=Exists(asked_again)).order_by("-active_at", "-pk")[:limit]
    linked = Linked([], [])
    for other in found:
        is_original = getattr(other, "is_original")  # noqa: B009 mypy knows no annotation
        (linked.duplicates if is_original else linked.related).append(other)
    return linked


@dataclass(frozen=True)
class Marks:
    """What a viewer did with the posts of a topic, by their public ids."""

    votes: dict[str, int] = field(default_factory=dict)
    saved: list[str] = field(default_factory=list)


def marks_in(topic: Topic, viewer: User) -> Marks:
    """One query."""
    votes = Vote.objects.filter(person=viewer, post__topic=topic)
    kept = saved_of(viewer).filter(post__topic=topic)
    rows = votes.values_list("post__public_id", "value").union(
        kept.values_list("post__public_id", Value(SAVED)), all=True
    )
    marks = Marks()
    for public_id, value in rows:
        if value == SAVED:
            marks.saved.append(public_id)
        else:
            marks.votes[public_id] = value
    return marks
