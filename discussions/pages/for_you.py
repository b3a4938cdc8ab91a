"""For you: what fits a person, and why. A third of the places is for questions that wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import log2

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.accounts.models import User
from community.spaces.models import Membership
from discussions.pages.listing import without_muted
from discussions.pages.rows import Row, divide, make_rows, with_row_parts
from discussions.reading.queries import Standings, is_read, standings
from discussions.tags.models import TagPreference
from discussions.topics.models import UNANSWERED, Kind, Post, Topic, TopicTag

PLACES = 20
# Each third place is for a question without an answer.
WAITING_EVERY = 3
LOOKED_BACK = timedelta(days=30)
LOOKED_AT = 150
ANSWERED_TAGS = 20
HALF_LIFE = timedelta(days=4)


@dataclass(frozen=True)
class Candidate:
    """A topic with what ties it to the person.

    answered: to how many questions with its best known tag they gave an answer.
    """

    topic_id: int
    active_at: datetime
    is_waiting: bool = False
    follows: bool = False
    in_space: bool = False
    answered: int = 0

    def worth(self, now: datetime) -> float:
        """Points for each tie, halved every HALF_LIFE since the last activity."""
        points = 2 * self.follows + self.in_space + log2(1 + self.answered)
        age = max(timedelta(0), now - self.active_at)
        halvings: float = age / HALF_LIFE
        return float(points * 0.5**halvings)


def rank(candidates: Iterable[Candidate], *, now: datetime, places: int) -> list[Candidate]:
    """The best first. Each WAITING_EVERY-th place goes to a question that waits, and no other.

    Where one kind runs out, the other takes its places.
    """
    ordered = sorted(candidates, key=lambda one: (-one.worth(now), -one.topic_id))
    waiting = [one for one in ordered if one.is_waiting]
    others = [one for one in ordered if not one.is_waiting]
    chosen: list[Candidate] = []
    while len(chosen) < places and (waiting or others):
        is_theirs = len(chosen) % WAITING_EVERY == WAITING_EVERY - 1
        first, second = (waiting, others) if is_theirs else (others, waiting)
        chosen.append((first or second).pop(0))
    return chosen


@dataclass(frozen=True)
class Interests:
    """Tags by id: which ones a person follows, and how many questions they answered in each."""

    followed: frozenset[int]
    answered: dict[int, int]

    def best(self, tags: Sequence[TopicTag]) -> TopicTag | None:
        """The one of tags that they answered most in."""
        known = [row for row in tags if self.answered.get(row.tag_id)]
        return max(known, key=lambda row: self.answered[row.tag_id], default=None)


def interests_of(viewer: User) -> Interests:
    """One query."""
    chosen = TagPreference.objects.filter(person=viewer, level=TagPreference.Level.FOLLOW)
    answers = Post.objects.visible_to(viewer).filter(author=viewer, kind=Post.Kind.ANSWER)
    tagged = TopicTag.objects.filter(topic__in=answers.values("topic_id"))
    counts = (
        tagged.order_by().values("tag_id").annotate(n=Count("topic_id")).values_list("tag_id", "n")
    )
    # Nothing was answered 0 times: so the tags that are followed stand beside those counts.
    rows = list(chosen.values_list("tag_id", Value(0)).union(counts, all=True))
    best = sorted((-n, tag) for tag, n in rows if n)[:ANSWERED_TAGS]
    return Interests(frozenset(tag for tag, n in rows if not n), {tag: -n for n, tag in best})


@dataclass(frozen=True)
class Offers:
    """The topics, in order, why each is offered, in words, and how far it is read."""

    topics: list[Topic]
    reasons: list[str]
    found: Standings


def offers(viewer: User) -> Offers:
    """Up to PLACES topics, those first that are newer than the last visit; four queries."""
    interests = interests_of(viewer)
    topics = {topic.pk: topic for topic in _fitting(viewer, interests)}
    candidates = [_candidate(topic, interests) for topic in topics.values()]
    now = timezone.now()
    chosen = [topics[one.topic_id] for one in rank(candidates, now=now, places=PLACES)]
    found = standings(chosen, viewer=viewer)
    if found.last_visit is not None:
        chosen.sort(key=lambda topic: topic.active_at <= (found.last_visit or now))
    return Offers(chosen, [_reason(topic, interests) for topic in chosen], found)


def for_you(viewer: User) -> list[Row]:
    """What offers() finds as rows; five queries."""
    offered = offers(viewer)
    rows = make_rows(offered.topics, viewer=viewer, found=offered.found)
    reasoned = [
        replace(row, reason=reason) for row, reason in zip(rows, offered.reasons, strict=True)
    ]
    times = [topic.active_at for topic in offered.topics]
    return divide(reasoned, times, offered.found.last_visit)


def _fitting(viewer: User, interests: Interests) -> QuerySet[Topic]:
    """What others wrote of late and the viewer hasn't read; what waits for an answer anyway."""
    mine = Membership.objects.filter(person=viewer, space=OuterRef("space_id"))
    tagged = TopicTag.objects.filter(topic=OuterRef("pk"))
    follows = Exists(tagged.filter(tag__in=interests.followed))
    knows = Exists(tagged.filter(tag__in=list(interests.answered)))
    topics = without_muted(Topic.objects.visible_to(viewer).unarchived(), viewer)
    recent = topics.filter(active_at__gt=timezone.now() - LOOKED_BACK, closed_at=None)
    fitting = recent.annotate(in_space=Exists(mine)).filter(
        Q(in_space=True) | Q(follows) | Q(knows) & UNANSWERED, ~is_read(viewer) | UNANSWERED
    )
    return with_row_parts(fitting.exclude(author=viewer)).order_by("-active_at", "-pk")[:LOOKED_AT]


def _candidate(topic: Topic, interests: Interests) -> Candidate:
    tags = list(topic.topic_tags.all())
    best = interests.best(tags)
    return Candidate(
        topic_id=topic.pk,
        active_at=topic.active_at,
        is_waiting=topic.kind == Kind.QUESTION and topic.answer_count == 0,
        follows=any(row.tag_id in interests.followed for row in tags),
        in_space=getattr(topic, "in_space"),  # noqa: B009 mypy knows no annotation
        answered=interests.answered[best.tag_id] if best else 0,
    )


def _reason(topic: Topic, interests: Interests) -> str:
    """Why the topic stands here, in words."""
    tags = list(topic.topic_tags.all())
    best = interests.best(tags)
    if best and topic.kind == Kind.QUESTION and topic.answer_count == 0:
        count = interests.answered[best.tag_id]
        words = ngettext(
            "You have answered %(count)s question on %(tag)s",
            "You have answered %(count)s questions on %(tag)s",
            count,
        )
        return words % {"count": count, "tag": best.tag.name}
    followed = next((row for row in tags if row.tag_id in interests.followed), None)
    if followed:
        return _("You follow %(tag)s") % {"tag": followed.tag.name}
    return _("You belong to %(space)s") % {"space": topic.space.name}
