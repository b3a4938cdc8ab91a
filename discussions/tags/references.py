"""`#tag` in texts."""

from collections.abc import Collection, Mapping

from community.spaces.models import Visibility
from community.text.references import Target
from discussions.tags.models import Tag, TagCount


def tags(keys: Collection[str], space_id: int | None) -> Mapping[str, Target]:
    """Return targets by name: tags that open spaces use, and those of the text's own space."""
    known = TagCount.objects.filter(topics__gt=0)
    known = known.filter(space__visibility=Visibility.OPEN) | known.filter(space=space_id)
    found = Tag.objects.filter(name__in=keys, pk__in=known.values("tag_id"))
    return {tag.name: Target(url=tag.get_absolute_url(), text=f"#{tag.name}") for tag in found}
