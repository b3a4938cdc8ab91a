"""Boxes beside Today: how the person's spaces do, who is in their team, who invited them."""

from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from community.accounts.queries import team_of
from community.http.panels import Panel
from community.http.requests import member
from community.spaces.queries import latest_invitations
from discussions.topics.models import Kind, Topic

WEEK = timedelta(days=7)


def invitations(request: HttpRequest, subject: object = None) -> Panel | None:
    """Spaces that keep a place for the person: the latest, and whether there are more."""
    waiting = latest_invitations(member(request))
    return Panel("config/today/invitations.html", {"invitations": waiting}) if waiting else None


def spaces_this_week(request: HttpRequest, subject: object = None) -> Panel | None:
    """Questions of the last seven days in the person's spaces: how many have an answer."""
    viewer = member(request)
    mine = viewer.memberships.values("space_id")
    asked = (
        Topic.objects.visible_to(viewer)
        .unarchived()
        .filter(space__in=mine, kind=Kind.QUESTION, created_at__gte=timezone.now() - WEEK)
    )
    figures = asked.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(answer_count__gt=0)),
        solved=Count("pk", filter=Q(solved_at__isnull=False)),
    )
    return Panel("config/today/week.html", figures) if figures["asked"] else None


def my_team(request: HttpRequest, subject: object = None) -> Panel | None:
    """Colleagues of the person's unit."""
    viewer = member(request)
    people = team_of(viewer, viewer=viewer)
    return Panel("config/today/team.html", {"people": people}) if people else None
