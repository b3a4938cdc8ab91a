"""Letting go of tags; discussions/topics/unused.py says which ones no topic carries."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from community.accounts.models import User
from community.outbox.recording import record
from community.spaces.models import Space
from discussions.events import TAG_REMOVED
from discussions.tags.models import Tag, TagCount


def free_of_merges(tags: QuerySet[Tag]) -> QuerySet[Tag]:
    """Leave out tags that topics of another one are still on their way to."""
    return tags.exclude(Exists(Tag.objects.filter(merged_into=OuterRef("pk"))))


def hold_for_removal(ids: Collection[int]) -> None:
    """Until the action commits, let topics that are to get these tags wait."""
    held = Tag.objects.select_for_update().filter(pk__in=ids)
    list(held.order_by("pk").values_list("pk"))


def let_go(tags: Sequence[Tag], *, by: User, carried: Collection[int]) -> list[int]:
    """Forget tags, their synonyms prefetched, where by reads. Call it in an action that holds them.

    One that another space knows, or that is among carried (ids), stays for its readers there.
    Return the ids of those that are gone.
    """
    for tag in tags:
        names = [tag.name, *sorted(synonym.name for synonym in tag.synonyms.all())]
        record(TAG_REMOVED, actor=by, obj=tag, names=names, source_before=tag.description_source)
    counts = TagCount.objects.filter(tag__in=tags)
    counts.filter(space__in=Space.objects.visible_to(by)).delete()
    known = {*carried, *counts.values_list("tag_id", flat=True)}
    gone = [tag.pk for tag in tags if tag.pk not in known]
    Tag.objects.filter(pk__in=gone).delete()
    return gone
