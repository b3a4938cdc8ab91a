"""Lists of topics: their tabs, their pages by key, and what somebody muted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.accounts.models import User
from community.http.keyset import Order, page_or_first
from community.spaces.models import Space
from discussions.pages.filters import Chip, Filters, filters_of
from discussions.pages.rows import Row, divide, make_rows, with_row_parts
from discussions.reading.queries import only_unread, standings
from discussions.tags.models import TagPreference
from discussions.topics.models import UNANSWERED, Kind, Topic, TopicTag

ROWS = 25
UNREAD = "unread"
PINNED = 5
NEWEST = Order(("-created_at", "-id"))
ACTIVE = Order(("-active_at", "-id"))
HOT = Order(("-hot", "-id"))

Filter = Callable[[QuerySet[Topic], User], QuerySet[Topic]]


@dataclass(frozen=True)
class Tab:
    key: str
    text: Promise
    order: Order
    narrow: Filter = lambda topics, viewer: topics


def _unanswered(topics: QuerySet[Topic], viewer: User) -> QuerySet[Topic]:
    return topics.filter(UNANSWERED)


def _mine(topics: QuerySet[Topic], viewer: User) -> QuerySet[Topic]:
    return topics.filter(author=viewer)


TABS = (
    Tab("active", gettext_lazy("Active"), ACTIVE),
    Tab(UNREAD, gettext_lazy("Unread"), ACTIVE, only_unread),
    Tab("newest", gettext_lazy("Newest"), NEWEST),
    Tab("unanswered", gettext_lazy("Unanswered"), NEWEST, _unanswered),
    Tab("popular", gettext_lazy("Popular"), HOT),
    Tab("mine", gettext_lazy("My topics"), NEWEST, _mine),
)


@dataclass(frozen=True)
class Listing:
    pinned: list[Row]
    rows: list[Row]
    tabs: list[dict[str, object]]
    tab: str
    # Each row has a button that marks it as read, and there is one for all.
    dismissible: bool
    newer_url: str
    older_url: str
    # The address named a place or an order that this list doesn't have.
    astray: bool
    # None where a list has no filters.
    filters: Filters | None = None

    @property
    def chips(self) -> list[Chip]:
        return self.filters.chips(self.order) if self.filters else []

    @property
    def order(self) -> dict[str, str]:
        """What addresses of the same list in the same order say of it."""
        current = next(place for place, tab in enumerate(self.tabs) if tab["current"])
        return {"order": self.tab} if current else {}


def make_listing(
    request: HttpRequest,
    topics: QuerySet[Topic],
    viewer: User,
    *,
    tabs: tuple[Tab, ...] = TABS,
    in_space: bool = False,
    pinned: Sequence[Topic] = (),
    kinds: Sequence[Kind] = tuple(Kind),
) -> Listing:
    """Return the page of topics that the request's filters, order, after and before ask for.

    On the first page pinned ones stand above the others. kinds are those that topics may be of;
    with one only there is none to choose.
    """
    tab, filters = chosen_tab(request, tabs), filters_of(request.GET, viewer=viewer, kinds=kinds)
    rows = with_row_parts(tab.narrow(filters.narrow(topics), viewer))
    page, astray = page_or_first(request, rows, tab.order, size=ROWS)
    above = [] if page.newer else list(pinned)
    # Both in one go, for the sake of their queries.
    found = standings([*above, *page.rows], viewer=viewer)
    made = make_rows([*above, *page.rows], viewer=viewer, in_space=in_space, found=found)
    return Listing(
        pinned=made[: len(above)],
        rows=divide(made[len(above) :], _times(page.rows, tab.order), found.last_visit),
        tabs=tab_links(tab, tabs, filters.given),
        tab=tab.key,
        dismissible=tab.key == UNREAD,
        newer_url=_url(tab, tabs[0], filters.given, before=page.newer),
        older_url=_url(tab, tabs[0], filters.given, after=page.older),
        astray=astray or (request.GET.get("order") or tab.key) != tab.key,
        filters=filters,
    )


def _times(topics: Sequence[Topic], order: Order) -> list[datetime]:
    """The times that topics are ordered by; none for another order."""
    name = order.names()[0]
    return [getattr(topic, name) for topic in topics] if name.endswith("_at") else []


def chosen_tab(request: HttpRequest, tabs: tuple[Tab, ...] = TABS) -> Tab:
    """The one that ?order= names; the first where it names none of them."""
    return next((one for one in tabs if one.key == request.GET.get("order")), tabs[0])


def tab_links(
    current: Tab, tabs: tuple[Tab, ...], kept: Mapping[str, str] = MappingProxyType({})
) -> list[dict[str, object]]:
    """What parts/tabs.html shows; the first tab needs no order in its address.

    kept is what every address says besides.
    """
    return [
        {
            "text": tab.text,
            "url": "?" + urlencode(_named(tab, tabs[0]) | dict(kept)),
            "current": tab is current,
        }
        for tab in tabs
    ]


def _named(tab: Tab, first: Tab) -> dict[str, str]:
    return {} if tab is first else {"order": tab.key}


def _url(tab: Tab, first: Tab, kept: Mapping[str, str], **cursor: str | None) -> str:
    if not any(cursor.values()):
        return ""
    return "?" + urlencode(_named(tab, first) | dict(kept) | cursor)


def without_muted(topics: QuerySet[Topic], viewer: User) -> QuerySet[Topic]:
    """Leave out what carries a tag that viewer muted, save what they wrote."""
    muted = TagPreference.objects.filter(person=viewer, level=TagPreference.Level.MUTE)
    carrying = TopicTag.objects.filter(tag__in=muted.values("tag_id"))
    return topics.exclude(Q(pk__in=carrying.values("topic_id")) & ~Q(author=viewer))


def pinned_in(space: Space, viewer: User) -> QuerySet[Topic]:
    """Up to PINNED pinned topics of the space, the newest pin first."""
    pinned = Topic.objects.visible_to(viewer).filter(space=space, pinned_until__gt=timezone.now())
    return with_row_parts(pinned).order_by("-pin__at", "-pk")[:PINNED]


def questions(viewer: User) -> QuerySet[Topic]:
    return without_muted(
        Topic.objects.visible_to(viewer).unarchived().filter(kind=Kind.QUESTION), viewer
    )


def talks(viewer: User) -> QuerySet[Topic]:
    """Everything that is no question."""
    return without_muted(
        Topic.objects.visible_to(viewer).unarchived().exclude(kind=Kind.QUESTION), viewer
    )


def blank_text(tab: str) -> str:
    """What belongs in an empty list."""
    texts = {
        "unread": _("You have read everything in your spaces."),
        "for-you": _("What fits you stands here: join spaces and follow tags."),
        "following": _("Follow colleagues on their profiles: what they write stands here."),
        "mine": _("What you start yourself stands here."),
        "unanswered": _("Every question has an answer."),
    }
    return texts.get(tab, _("What people ask and write in spaces that you can read stands here."))
