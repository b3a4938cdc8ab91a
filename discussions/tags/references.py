"""`#tag` in texts."""

from collections.abc import Collection, Mapping

from community.spaces.models import Visibility
from community.text.references import Target
from discussions.tags.models import Tag, TagCount


def tags(keys: Collection[str], space_id: int | None) -> Mapping[str, Target]:
    """Return targets by name: tags that stand or stood in open spaces or in the text's own."""
    counted = TagCount.objects.filter(space__visibility=Visibility.OPEN)
    counted |= TagCount.objects.filter(space=space_id)
    found = Tag.objects.filter(name__in=keys, pk__in=counted.values("tag_id"))
    return {name: target(name) for name in found.values_list("name", flat=True)}


def target(name: str) -> Target:
    return Target(url=Tag(name=name).get_absolute_url(), text=f"#{name}")
