"""The list on Today: for the person, unread, unanswered, popular this week."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from community.accounts.models import User
from community.http.requests import member
from discussions.pages.followed import posts_of_followed
from discussions.pages.for_you import for_you
from discussions.pages.listing import (
    ACTIVE,
    HOT,
    NEWEST,
    UNREAD,
    Listing,
    Tab,
    chosen_tab,
    make_listing,
    tab_links,
    without_muted,
)
from discussions.reading.queries import only_unread
from discussions.topics.models import UNANSWERED, Topic

WEEK = timedelta(days=7)


def _waiting(topics: QuerySet[Topic], viewer: User) -> QuerySet[Topic]:
    """Questions of others in the viewer's spaces that nobody has answered."""
    waiting = topics.filter(UNANSWERED, closed_at=None)
    mine = viewer.memberships.values("space_id")
    return waiting.filter(space__in=mine).exclude(author=viewer)


def _followed(topics: QuerySet[Topic], viewer: User) -> QuerySet[Topic]:
    """What people whom the viewer follows started, or answered in."""
    return topics.filter(pk__in=posts_of_followed(viewer).values("topic_id"))


def _this_week(topics: QuerySet[Topic], viewer: User) -> QuerySet[Topic]:
    return topics.filter(active_at__gt=timezone.now() - WEEK)


FOR_YOU = Tab("for-you", gettext_lazy("For you"), ACTIVE)
TABS = (
    FOR_YOU,
    Tab(UNREAD, gettext_lazy("Unread"), ACTIVE, only_unread),
    Tab("unanswered", gettext_lazy("Unanswered"), NEWEST, _waiting),
    Tab("following", gettext_lazy("Following"), ACTIVE, _followed),
    Tab("popular", gettext_lazy("Popular this week"), HOT, _this_week),
)


def today_list(request: HttpRequest) -> Listing:
    """What the address's ?order= names; For you without one."""
    viewer = member(request)
    if chosen_tab(request, TABS) is not FOR_YOU:
        topics = without_muted(Topic.objects.visible_to(viewer).unarchived(), viewer)
        return make_listing(request, topics, viewer, tabs=TABS)
    return Listing(
        pinned=[],
        rows=for_you(viewer),
        tabs=tab_links(FOR_YOU, TABS),
        tab=FOR_YOU.key,
        dismissible=False,
        newer_url="",
        older_url="",
        astray=False,
    )
