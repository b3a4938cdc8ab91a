"""Boxes on Today, on spaces and on profiles; config/panels.py says which stands where.

Each costs at most two queries and counts only what the viewer may read.
"""

from datetime import timedelta

from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from community.accounts.models import User
from community.http.panels import Panel
from community.http.requests import member
from community.spaces.models import Space
from discussions.answers.models import Contribution
from discussions.pages.followed import posts_of_followed
from discussions.reading.queries import my_spaces_with_unread
from discussions.tags.models import Tag
from discussions.topics.models import Post

NEW_ROWS = 8
SHORT = 5
TAGS = 12
OF_LATE = timedelta(days=30)


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


def unread_in_my_spaces(request: HttpRequest, subject: object = None) -> Panel | None:
    """Spaces: where something is unread, most of it first."""
    mine = my_spaces_with_unread(member(request)).filter(unread__gt=0)
    found = list(mine.order_by("-unread", "space__name", "pk")[:SHORT])
    if not found:
        return None
    return Panel("discussions/pages/panels/unread_in_my_spaces.html", {"memberships": found})


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


def followed_people(request: HttpRequest, subject: object = None) -> Panel | None:
    """Today: what people whom the viewer follows asked, wrote and answered of late."""
    recent = posts_of_followed(member(request)).filter(
        created_at__gt=timezone.now() - OF_LATE, topic__space__archived_at=None
    )
    posts = recent.select_related("topic__space", "author")
    found = list(posts.defer("source", "html").order_by("-created_at", "-pk")[:SHORT])
    if not found:
        return None
    return Panel("discussions/pages/panels/followed_people.html", {"posts": found})


def latest_of_person(request: HttpRequest, person: User) -> Panel | None:
    """Profile: the latest topics and answers that the viewer may read."""
    wanted = [Post.Kind.OPENING, Post.Kind.ANSWER]
    posts = Post.objects.visible_to(member(request)).filter(author=person, kind__in=wanted)
    latest = posts.select_related("topic__space").defer("source", "html")
    found = list(latest.order_by("-created_at", "-pk")[:NEW_ROWS])
    if not found:
        return None
    return Panel("discussions/pages/panels/latest_of_person.html", {"posts": found})
