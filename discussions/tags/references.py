"""`#tag` in texts."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, Q

from community.spaces.models import Visibility
from community.spaces.sight import guests_reading
from community.text.references import Target
from discussions.tags.models import Tag, TagCount, TagSynonym


def tags(keys: Collection[str], space_id: int | None) -> Mapping[str, Target]:
    """Return targets by name: tags that stand or stood in open spaces or in the text's own.

    Where a guest reads the text, those of its own space alone.
    A synonym leads to its tag and is shown as that.
    """
    is_open = Q(space__visibility=Visibility.OPEN) & ~Exists(guests_reading(space_id))
    counted = TagCount.objects.filter(is_open | Q(space=space_id))
    known = Tag.objects.filter(merged_into=None, pk__in=counted.values("tag_id"))
    synonyms = TagSynonym.objects.filter(name__in=keys, tag__in=known).order_by("-pk")
    found = dict(synonyms.values_list("name", "tag__name"))
    found |= {name: name for name in known.filter(name__in=keys).values_list("name", flat=True)}
    return {key: target(name) for key, name in found.items()}


def target(name: str) -> Target:
    return Target(url=Tag(name=name).get_absolute_url(), text=f"#{name}")
