"""Putting tags on a topic."""

from collections.abc import Collection, Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.roles.models import Capability
from community.spaces.access import moderates
from community.spaces.models import Space
from discussions.tags.actions import require_tags
from discussions.tags.models import Tag, TagCount
from discussions.tags.names import tag_key
from discussions.topics.models import Topic, TopicTag


def checked_tags(
    names: Sequence[str], *, by: User, space: Space, before: Sequence[str] = ()
) -> list[str]:
    """Return the names of 1 to 5 tags that are there, or that by may make; only reads.

    Synonyms become the names of their tags. before are the tags that the topic has. Raises
    ValidationError for the field tags.
    """
    wanted = list(dict.fromkeys(name for name in map(tag_key, names) if name))
    if not wanted:
        raise ValidationError({"tags": _("Give it at least one tag.")})
    if len(wanted) > settings.MAX_TAGS:
        limits = {"limit": settings.MAX_TAGS, "given": len(wanted)}
        raise ValidationError(
            {"tags": _("A topic has at most %(limit)s tags; these are %(given)s.") % limits}
        )
    wanted = require_tags(wanted, by=by)
    if not (moderates(space, by) or by.has_perm(Capability.TAGS)):
        _require_unrestricted({*wanted} ^ {*before}, by)
    return wanted


def _require_unrestricted(changed: Collection[str], by: User) -> None:
    restricted = Tag.objects.visible_to(by).filter(name__in=changed, moderators_only=True)
    names = ", ".join(restricted.order_by("name").values_list("name", flat=True))
    if names:
        sentence = _("Only moderators put this tag on a topic or take it off: %(names)s.")
        raise ValidationError({"tags": sentence % {"names": names}})


def tags_on(topic: Topic) -> list[str]:
    """The names of the tags of topic, in their order."""
    rows = topic.topic_tags.select_related("tag").order_by("place")
    return [row.tag.name for row in rows]


def set_tags(topic: Topic, tags: Sequence[Tag]) -> None:
    """Give topic these tags in this order; the space's readers know them from then on."""
    TagCount.objects.bulk_create(
        [TagCount(space_id=topic.space_id, tag=tag) for tag in tags], ignore_conflicts=True
    )
    topic.topic_tags.exclude(tag__in=tags).delete()
    kept = {row.tag_id: row for row in topic.topic_tags.all()}
    for place, tag in enumerate(tags, start=1):
        if tag.pk in kept:
            kept[tag.pk].place = place
            kept[tag.pk].save(update_fields=["place"])
        else:
            TopicTag.objects.create(topic=topic, tag=tag, place=place)
