"""Which resources the Library shows, in which order, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.http.keyset import Order
from community.spaces.models import Membership
from discussions.resources.languages import NAMES
from discussions.resources.models import Captions, Level, Resource, Version
from discussions.tags.access import known_tags
from discussions.tags.models import TagPreference
from discussions.topics.models import Kind, TopicTag

ROWS = 20
FOR_YOU = "for-you"


@dataclass(frozen=True)
class Tab:
    """kind: which resources it shows; None shows them all."""

    key: str
    text: Promise
    kind: Kind | None = None


TABS = (
    Tab(FOR_YOU, _("For you")),
    Tab("all", _("All")),
    Tab("know-how", _("Know-how"), Kind.ARTICLE),
    Tab("links", _("Links"), Kind.LINK),
    Tab("files", _("Files"), Kind.FILE),
    Tab("videos", _("Videos"), Kind.VIDEO),
)
SORTS: Mapping[str, tuple[Promise, Order]] = {
    "newest": (_("Newest"), Order(("-shared_at", "-id"))),
    "used": (_("Most used"), Order(("-used_count", "-id"))),
    "rated": (_("Best rated"), Order(("-rank", "-id"))),
}


@dataclass(frozen=True)
class Wish:
    """What the address asks for; a value that the Library doesn't know counts as none."""

    tab: Tab
    sort: str = "newest"
    words: str = ""
    tag: str = ""
    space: str = ""
    level: str = ""
    language: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wish":
        def one_of(name: str, known: Mapping[str, object] | list[str]) -> str:
            value = asked.get(name, "")
            return value if value in known else ""

        return cls(
            tab=next((tab for tab in TABS if tab.key == asked.get("show")), TABS[0]),
            sort=one_of("sort", SORTS) or "newest",
            words=asked.get("q", "").strip()[:100],
            tag=asked.get("tag", "").strip().lower()[:35],
            space=asked.get("space", "")[:100],
            level=one_of("level", list(Level.values)),
            language=one_of("language", NAMES),
        )

    @property
    def gives_reasons(self) -> bool:
        """Whether it asks for what suits somebody, who is told of each resource why."""
        return self.tab.key == FOR_YOU and not self.narrows

    @property
    def order(self) -> Order:
        return SORTS[self.sort][1]

    @property
    def narrows(self) -> bool:
        """Whether it asks for more than a tab and an order."""
        return any((self.words, self.tag, self.space, self.level, self.language))


def library(viewer: User, wish: Wish) -> QuerySet[Resource]:
    """The resources that viewer may read and that wish asks for, with what their cards show."""
    resources = Resource.objects.visible_to(viewer)
    if wish.gives_reasons:
        resources = resources.filter(_suits(viewer)).exclude(topic__author=viewer)
    if wish.tab.kind is not None:
        resources = resources.filter(topic__kind=wish.tab.kind)
    return with_card_parts(_narrowed(resources, wish, viewer))


def _narrowed(resources: QuerySet[Resource], wish: Wish, viewer: User) -> QuerySet[Resource]:
    if wish.tag:
        tag = known_tags([wish.tag], viewer).get(wish.tag)
        resources = resources.filter(_tagged(Q(tag=tag))) if tag else resources.none()
    narrow: list[tuple[str, Callable[[str], Q]]] = [
        (wish.words, lambda text: Q(topic__title__icontains=text)),
        (wish.space, lambda slug: Q(topic__space__slug=slug)),
        (wish.level, lambda level: Q(level=level)),
        (wish.language, lambda language: Q(language=language)),
    ]
    for value, condition in narrow:
        if value:
            resources = resources.filter(condition(value))
    return resources


def _tagged(condition: Q) -> Q:
    return Q(Exists(TopicTag.objects.filter(condition, topic=OuterRef("topic"))))


def _suits(viewer: User) -> Q:
    """In a space or with a tag that viewer follows, and with none that they muted."""
    preferences = TagPreference.objects.filter(person=viewer)
    followed = preferences.filter(level=TagPreference.Level.FOLLOW).values("tag_id")
    muted = preferences.filter(level=TagPreference.Level.MUTE).values("tag_id")
    mine = Membership.objects.filter(person=viewer).values("space_id")
    near = _tagged(Q(tag__in=followed)) | Q(topic__space__in=mine)
    return near & ~_tagged(Q(tag__in=muted))


def with_card_parts(resources: QuerySet[Resource]) -> QuerySet[Resource]:
    """Fetch along what is shown of them; tags, newest versions and captions cost a query each."""
    tags = TopicTag.objects.select_related("tag").order_by("place")
    later = Version.objects.filter(resource=OuterRef("resource"), number__gt=OuterRef("number"))
    newest = Version.objects.filter(~Exists(later)).select_related("file", "by")
    captions = Captions.objects.only("resource", "language")
    parts = resources.select_related("topic__space", "topic__author", "link")
    return parts.prefetch_related(
        Prefetch("topic__topic_tags", tags),
        Prefetch("versions", newest),
        Prefetch("captions", captions),
    )
