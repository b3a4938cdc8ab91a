"""Lists of tags with counts over the spaces that the viewer may read."""

from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Length

from community.accounts.models import User
from community.spaces.models import Space
from discussions.tags.models import Tag, TagCount, TagPreference, TagSynonym
from discussions.tags.names import tag_key

# A Tag with one attribute more, topic_count, which the type checker can't name.
CountedTag = Any


def tags_with_counts(viewer: User, *, space: Space | None = None) -> QuerySet[CountedTag]:
    """Visible tags, each with `topic_count`: the topics that viewer may read.

    With a space only the tags in use there, and its topics.
    """
    counts = TagCount.objects.filter(space__in=Space.objects.visible_to(viewer))
    tags = Tag.objects.visible_to(viewer)
    if space is not None:
        counts = counts.filter(space=space)
        tags = tags.filter(pk__in=counts.filter(topics__gt=0).values("tag_id"))
    of_tag = counts.filter(tag=OuterRef("pk")).values("tag")
    total = of_tag.annotate(total=Sum("topics")).values("total")
    return tags.annotate(topic_count=Coalesce(Subquery(total), Value(0)))


def suggest_tags(prefix: str, *, viewer: User, limit: int = 8) -> list[CountedTag]:
    """Return the most used visible tags that begin with prefix, then those that hold it.

    Each with `synonym`: one of its synonyms that begins with prefix, the shortest, or None.
    """
    prefix = tag_key(prefix)
    ranked = tags_with_counts(viewer).order_by("-topic_count", "name")
    if not prefix:
        return list(ranked.annotate(synonym=Value(None, CharField()))[:limit])
    synonyms = TagSynonym.objects.filter(tag=OuterRef("pk"), name__startswith=prefix)
    shortest = synonyms.order_by(Length("name"), "name").values("name")[:1]
    ranked = ranked.annotate(synonym=Subquery(shortest))
    begins = Q(name__startswith=prefix) | Q(synonym__isnull=False)
    found = list(ranked.filter(begins)[:limit])
    if len(found) < limit:
        inside = ranked.filter(name__contains=prefix).exclude(pk__in=[tag.pk for tag in found])
        found += inside[: limit - len(found)]
    return found


def preference_of(viewer: User, tag: Tag) -> str | None:
    rows = TagPreference.objects.filter(person=viewer, tag=tag)
    return rows.values_list("level", flat=True).first()


def synonyms_of(tag: Tag) -> list[str]:
    return sorted(tag.synonyms.values_list("name", flat=True))
