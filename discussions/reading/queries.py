"""What is unread, counted over what the viewer may read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Membership
from discussions.reading.models import SpaceWatermark, TopicReading, Visit
from discussions.topics.models import Post, Topic

# Shown as 99+.
MOST = 100
VISIT_PAUSE = timedelta(minutes=30)
# Rows with attributes more than their class declares, which the type checker can't name.
Annotated = Any


class CountOf(Subquery):
    """How many rows a query set finds, at most as many as it is cut to."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _since(viewer: User) -> Coalesce:
    """Until when everything in the space counts as read; null where viewer is no member."""
    watermark = SpaceWatermark.objects.filter(person=viewer, space=OuterRef("space_id"))
    joined = Membership.objects.filter(person=viewer, space=OuterRef("space_id"))
    return Coalesce(Subquery(watermark.values("read_until")), Subquery(joined.values("joined_at")))


def _with_read_to(topics: QuerySet[Topic], viewer: User) -> QuerySet[Annotated]:
    """Annotate what read_to() returns, and the `mark` of the person's row, if there is one."""
    own = TopicReading.objects.filter(person=viewer, topic=OuterRef("pk"))
    before = Post.objects.filter(topic=OuterRef("pk"), created_at__lte=OuterRef("since"))
    covered = before.order_by("-number").values("number")[:1]
    annotated: QuerySet[Annotated] = topics.annotate(
        mark=Subquery(own.values("highest_number")),
        marked_unread=Exists(own.filter(is_marked_unread=True)),
        since=_since(viewer),
        read_to=Case(
            When(marked_unread=True, then=F("mark")),
            When(Q(mark=None, since=None), then=Value(None)),
            default=Greatest(Coalesce(F("mark"), 0), Coalesce(Subquery(covered), 0)),
            output_field=IntegerField(),
        ),
    )
    return annotated


# One row of four columns for MarkRow, of a topic, space and viewer. Every page of a topic asks this
# together with more, so it is written out: see discussions/pages/fragments.py.
READ_TO = """
    WITH since(at) AS (
        SELECT COALESCE(
            (SELECT read_until FROM discussions_spacewatermark
             WHERE person_id = %(viewer)s AND space_id = %(space)s),
            (SELECT joined_at FROM community_membership
             WHERE person_id = %(viewer)s AND space_id = %(space)s)
        )
    )
    SELECT reading.highest_number, reading.is_marked_unread, since.at IS NOT NULL,
        (SELECT number FROM discussions_post
         WHERE topic_id = %(topic)s AND created_at <= since.at ORDER BY number DESC LIMIT 1)
    FROM since LEFT JOIN discussions_topicreading reading
        ON reading.person_id = %(viewer)s AND reading.topic_id = %(topic)s
"""


class MarkRow(NamedTuple):
    """mark is null in a topic that was never opened, covered where the watermark covers nothing."""

    mark: int | None
    is_marked_unread: bool | None
    belongs: bool
    covered: int | None

    @property
    def read_to(self) -> int | None:
        if self.mark is None and not self.belongs:
            return None
        return self.mark if self.is_marked_unread else max(self.mark or 0, self.covered or 0)


def read_to(topic: Topic, *, viewer: User) -> int | None:
    """Up to which number viewer has read a topic that they got from get_topic(); one query.

    None in a topic that viewer never opened, of a space that they don't belong to.
    """
    with connection.cursor() as cursor:
        ids = {"viewer": viewer.pk, "topic": topic.pk, "space": topic.space_id}
        cursor.execute(READ_TO, ids)
        return MarkRow(*cursor.fetchone()).read_to


@dataclass(frozen=True)
class Standing:
    """new: posts that the viewer hasn't read, at most MOST. opened: they have read some of it."""

    new: int = 0
    opened: bool = False


@dataclass(frozen=True)
class Standings:
    """Of the topics of a list, and when the viewer's last visit ended."""

    by_topic: dict[int, Standing] = field(default_factory=dict)
    last_visit: datetime | None = None

    def of(self, topic: Topic) -> Standing:
        return self.by_topic.get(topic.pk, Standing())


def standings(topics: Iterable[Topic], *, viewer: User) -> Standings:
    """One query, none for no topics."""
    ids = [topic.pk for topic in topics]
    if not ids:
        return Standings()
    visits = Visit.objects.filter(person=viewer)
    shown = Topic.objects.visible_to(viewer).filter(pk__in=ids)
    behind = Post.objects.in_sight().filter(topic=OuterRef("pk"), number__gt=OuterRef("read_to"))
    rows = _with_read_to(shown, viewer).annotate(
        new=CountOf(behind.exclude(author=viewer).values("pk")[:MOST]),
        last_at=Subquery(visits.values("last_at")),
        before_at=Subquery(visits.values("before_at")),
    )
    found = list(rows.values_list("pk", "new", "mark", "last_at", "before_at"))
    by_topic = {pk: Standing(new, bool(mark)) for pk, new, mark, *_visit in found}
    visit = found[0][3:] if found else (None, None)
    return Standings(by_topic, _ended_at(*visit))


def _ended_at(last_at: datetime | None, before_at: datetime | None) -> datetime | None:
    """The page that begins a visit is made before the visit is noted."""
    if last_at is not None and timezone.now() - last_at > VISIT_PAUSE:
        return last_at
    return before_at


def first_unread(topic: Topic, *, viewer: User) -> int | None:
    """The number of the first post of others that viewer hasn't read; None where there is none."""
    posts = Post.objects.visible_to(viewer).filter(topic=topic)
    behind = posts.filter(number__gt=read_to(topic, viewer=viewer) or 0).exclude(author=viewer)
    return behind.order_by("number").values_list("number", flat=True).first()


def is_read(viewer: User) -> Exists:
    """Of an outer topic: viewer has read it to its end."""
    return Exists(
        TopicReading.objects.filter(
            person=viewer, topic=OuterRef("pk"), highest_number__gte=OuterRef("last_number")
        )
    )


def my_spaces_with_unread(viewer: User) -> QuerySet[Annotated]:
    """viewer's memberships with their spaces, by name, each with `unread`; one query.

    unread counts topics, at most MOST and what was marked unread. Members read all topics of
    their spaces: asking by visible_to() again would take ten times as long.
    """
    topics = Topic.objects.filter(
        ~is_read(viewer),
        deleted_at=None,
        space=OuterRef("space_id"),
        active_at__gt=OuterRef("since"),
    )
    marked = TopicReading.objects.filter(
        person=viewer,
        is_marked_unread=True,
        topic__deleted_at=None,
        topic__space=OuterRef("space_id"),
        topic__active_at__lte=OuterRef("since"),
    )
    mine = viewer.memberships.select_related("space").annotate(since=_since(viewer))
    return mine.annotate(
        unread=CountOf(topics.values("pk")[:MOST]) + CountOf(marked.values("pk")[:MOST])
    ).order_by("space__name", "space_id")


def only_unread(topics: QuerySet[Topic], viewer: User) -> QuerySet[Topic]:
    """Of topics, those with something unread in viewer's spaces, and those they marked unread."""
    mine = viewer.memberships.values("space_id")
    # In this order: the database looks at what costs least first.
    lately = Q(space__in=mine) & Q(since__lt=F("active_at")) & Q(~is_read(viewer))
    marked = TopicReading.objects.filter(person=viewer, is_marked_unread=True)
    dated = topics.annotate(since=_since(viewer))
    return dated.filter(lately | Q(pk__in=marked.values("topic_id")))
