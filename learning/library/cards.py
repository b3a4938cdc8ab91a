"""Resources as cards, in the shape that card.html takes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.accounts.models import User
from discussions.resources.languages import NAMES
from discussions.resources.models import Resource, Version
from discussions.tags.models import TagPreference
from discussions.topics.models import Kind, Topic

ICONS = {
    Kind.ARTICLE.value: "file-text",
    Kind.LINK.value: "link",
    Kind.FILE.value: "file",
    Kind.VIDEO.value: "play",
}


@dataclass(frozen=True)
class Card:
    topic: Topic
    icon: str
    # "Link, 12 min, Deutsch"; "File, 240 KB".
    facts: str
    # Of a file; 1 is not worth a word.
    version: int
    has_captions: bool
    tags: list[tuple[str, str]]
    used_count: int
    rating: float
    rating_count: int
    is_broken: bool
    # Why it stands in "For you"; empty elsewhere.
    why: str


def make_cards(
    resources: Iterable[Resource], *, followed: frozenset[int] = frozenset(), reasons: bool = False
) -> list[Card]:
    """Cards for resources that came through with_card_parts()."""
    return [_card(one, followed, reasons) for one in resources]


def followed_tags(viewer: User) -> frozenset[int]:
    level = TagPreference.Level.FOLLOW
    rows = TagPreference.objects.filter(person=viewer, level=level)
    return frozenset(rows.values_list("tag_id", flat=True))


def _card(resource: Resource, followed: frozenset[int], reasons: bool) -> Card:
    topic, link = resource.topic, getattr(resource, "link", None)
    newest = next(iter(resource.versions.all()), None)
    return Card(
        topic=topic,
        icon=ICONS.get(topic.kind, "file-text"),
        facts=", ".join(_facts(resource, newest)),
        version=newest.number if newest else 0,
        has_captions=bool(resource.captions.all()),
        tags=[(row.tag.name, row.tag.get_absolute_url()) for row in topic.topic_tags.all()][:3],
        used_count=resource.used_count,
        rating=resource.average,
        rating_count=resource.rating_count,
        is_broken=link is not None and link.broken_since is not None,
        why=reason_for(topic, followed) if reasons else "",
    )


def _facts(resource: Resource, newest: Version | None) -> Iterable[str]:
    names = {
        Kind.ARTICLE.value: _("Know-how"),
        Kind.LINK.value: _("Link"),
        Kind.FILE.value: _("File"),
        Kind.VIDEO.value: _("Video"),
    }
    yield names[resource.topic.kind]
    if newest is not None and resource.topic.kind == Kind.FILE:
        yield filesizeformat(newest.file.size)
    if resource.minutes:
        yield ngettext("%(n)s min", "%(n)s min", resource.minutes) % {"n": resource.minutes}
    if resource.language:
        yield NAMES.get(resource.language, resource.language)
    if resource.level:
        yield str(resource.get_level_display()).lower()


def reason_for(topic: Topic, followed: frozenset[int]) -> str:
    """Why it stands in "For you", in words; topic comes with its tags."""
    for row in topic.topic_tags.all():
        if row.tag_id in followed:
            return _("You follow %(tag)s") % {"tag": row.tag.name}
    return _("In your space %(space)s") % {"space": topic.space.name}
