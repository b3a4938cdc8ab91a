"""Boxes on Today, on spaces and on profiles; config/panels.py says which stands where.

Each costs at most two queries and counts only what the viewer may read.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, Sum
from django.http import HttpRequest
from django.utils import timezone

from community.accounts.models import User
from community.http.panels import Panel
from community.http.requests import member
from community.spaces.models import Membership, Space
from discussions.answers.models import Contribution
from discussions.pages.listing import without_muted
from discussions.pages.rows import make_quick_rows, with_row_parts
from discussions.reactions.models import Vote
from discussions.tags.models import Tag, TagPreference
from discussions.topics.models import Kind, Post, Topic

NEW_ROWS = 8
SHORT = 5
TOP = 50
LATELY = timedelta(days=30)
TAGS = 12


def new_in_my_spaces(request: HttpRequest, subject: object = None) -> Panel | None:
    """Today: the latest activity in the spaces that the person belongs to."""
    viewer = member(request)
    mine = Membership.objects.visible_to(viewer).filter(person=viewer)
    topics = Topic.objects.visible_to(viewer).filter(space__in=mine.values("space_id"))
    latest = with_row_parts(without_muted(topics, viewer)).order_by("-active_at", "-pk")
    rows = make_quick_rows(list(latest[:NEW_ROWS]))
    return Panel("discussions/pages/panels/new_in_my_spaces.html", {"rows": rows})


def unanswered_in_my_tags(request: HttpRequest, subject: object = None) -> Panel | None:
    """Today: questions without an answer in tags that the person follows, of others."""
    viewer = member(request)
    followed = TagPreference.objects.filter(person=viewer, level=TagPreference.Level.FOLLOW)
    waiting = Topic.objects.visible_to(viewer).filter(
        kind=Kind.QUESTION,
        answer_count=0,
        closed_at=None,
        topic_tags__tag__in=followed.values("tag_id"),
    )
    others = with_row_parts(waiting.exclude(author=viewer)).distinct()
    rows = make_quick_rows(list(others.order_by("-created_at", "-pk")[:SHORT]))
    if not rows:
        return None
    return Panel("discussions/pages/panels/unanswered_in_my_tags.html", {"rows": rows})


def popular_now(request: HttpRequest, subject: object = None) -> Panel | None:
    """Today: of what stands on top of "Popular", what got votes or answers of late.

    Looks at the top only, so that it costs the same where nothing happened for months.
    """
    viewer = member(request)
    topics = without_muted(Topic.objects.visible_to(viewer), viewer).annotate(lively=_lively())
    top = topics.select_related("space").order_by("-hot", "-pk")[:TOP]
    popular = [topic for topic in top if getattr(topic, "lively")][:SHORT]  # noqa: B009 mypy knows no annotation
    if not popular:
        return None
    return Panel("discussions/pages/panels/popular_now.html", {"topics": popular})


def _lively() -> Q:
    """Votes of late, or a post of late in a topic that has been answered; no walk through posts."""
    since = timezone.now() - LATELY
    votes = Vote.objects.filter(post__topic=OuterRef("pk"), at__gt=since)
    answered = Q(answer_count__gt=0) | Q(reply_count__gt=0)
    return Q(Exists(votes)) | (answered & Q(active_at__gt=since))


def popular_tags(request: HttpRequest, space: Space) -> Panel | None:
    """Space: its most used tags, for its readers."""
    used = Tag.objects.visible_to(member(request)).filter(counts__space=space, counts__topics__gt=0)
    tags = list(used.order_by("-counts__topics", "name")[:TAGS])
    return Panel("discussions/pages/panels/popular_tags.html", {"tags": tags}) if tags else None


def space_rules(request: HttpRequest, space: Space) -> Panel | None:
    """Space: what belongs here, in the owners' words."""
    if not space.rules_html:
        return None
    return Panel("discussions/pages/panels/space_rules.html", {"space": space})


def contributions(request: HttpRequest, person: User) -> Panel | None:
    """Profile: what the person gave, summed over the spaces that the viewer reads."""
    seen = Space.objects.visible_to(member(request)).values("pk")
    given = Contribution.objects.filter(person=person, space__in=seen).aggregate(
        topics=Sum("topics", default=0),
        answers=Sum("answers", default=0),
        accepted=Sum("accepted", default=0),
        helpful=Sum("helpful", default=0),
    )
    return Panel("discussions/pages/panels/contributions.html", {"given": given})


def latest_of_person(request: HttpRequest, person: User) -> Panel | None:
    """Profile: the latest topics and answers that the viewer may read."""
    wanted = [Post.Kind.OPENING, Post.Kind.ANSWER]
    posts = Post.objects.visible_to(member(request)).filter(author=person, kind__in=wanted)
    latest = posts.select_related("topic__space").defer("source", "html")
    found = list(latest.order_by("-created_at", "-pk")[:NEW_ROWS])
    if not found:
        return None
    return Panel("discussions/pages/panels/latest_of_person.html", {"posts": found})
