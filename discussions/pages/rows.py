"""Topics as rows of lists, in the shape that parts/topic_row.html takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.accounts.queries import people_by_id
from community.spaces.models import Space
from discussions.reading.queries import Standing, Standings, standings
from discussions.topics.models import Kind, Topic, TopicTag


class TagLink(NamedTuple):
    name: str
    url: str


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    last_url: str
    kind: str
    answer_count: int
    is_solved: bool
    # None on a space's own page.
    space: Space | None
    tags: Sequence[TagLink]
    people: Sequence[User]
    last_posted_at: datetime
    why: str
    public_id: str
    # Why it is shown to the viewer, in words.
    reason: str = ""
    # Posts that the viewer hasn't read.
    new_count: int = 0
    is_seen: bool = False
    # "Last visit, Friday 17:40" stands above this row.
    last_visit: datetime | None = None


def with_row_parts(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """Fetch along what rows show: the space, and the tags in one more query."""
    tags = Prefetch("topic_tags", TopicTag.objects.select_related("tag").order_by("place"))
    return topics.select_related("space").prefetch_related(tags)


def make_rows(
    topics: Sequence[Topic],
    *,
    viewer: User,
    in_space: bool = False,
    found: Standings | None = None,
) -> list[Row]:
    """Return rows for topics that came through with_row_parts(); two queries.

    found is what the caller has asked for already, which saves one of them.
    """
    ids = {person for topic in topics for person in topic.participant_ids}
    people = people_by_id(ids, viewer=viewer)
    found = found or standings(topics, viewer=viewer)
    return [_row(topic, people, in_space, found.of(topic)) for topic in topics]


def divide(rows: list[Row], times: Sequence[datetime], last_visit: datetime | None) -> list[Row]:
    """Say at the first row that is older than last_visit that it is, below newer ones.

    times are the rows', the latest first.
    """
    if last_visit is None:
        return rows
    newer = sum(at > last_visit for at in times)
    if 0 < newer < len(rows):
        rows[newer] = replace(rows[newer], last_visit=last_visit)
    return rows


def _row(topic: Topic, people: dict[int, User], in_space: bool, standing: Standing) -> Row:
    return Row(
        title=topic.title,
        url=_url(topic, standing),
        last_url=f"/t/{topic.public_id}/p/{topic.last_number}",
        kind=topic.kind,
        answer_count=topic.answer_count if topic.kind == Kind.QUESTION else topic.reply_count,
        is_solved=topic.solved_at is not None,
        space=None if in_space else topic.space,
        tags=tag_links(topic.topic_tags.all()),
        people=[people[person] for person in topic.participant_ids if person in people],
        last_posted_at=topic.active_at,
        why=_why(topic),
        public_id=topic.public_id,
        new_count=standing.new,
        is_seen=standing.opened and not standing.new,
    )


def _url(topic: Topic, standing: Standing) -> str:
    """A discussion goes on where the viewer stopped; a question has its answers by worth."""
    resumes = topic.kind != Kind.QUESTION and standing.opened and standing.new
    return f"/t/{topic.public_id}/p/new" if resumes else topic.get_absolute_url()


def tag_links(topic_tags: Iterable[TopicTag]) -> list[TagLink]:
    return [TagLink(row.tag.name, row.tag.get_absolute_url()) for row in topic_tags]


def _why(topic: Topic) -> str:
    if topic.is_pinned:
        return _("pinned")
    if topic.closed_at is not None:
        return _("closed")
    names = {
        Kind.ANNOUNCEMENT.value: _("announcement"),
        Kind.ARTICLE.value: _("know-how"),
        Kind.LINK.value: _("link"),
        Kind.FILE.value: _("file"),
        Kind.VIDEO.value: _("video"),
    }
    return names.get(topic.kind, "")
