"""What a merge changes about tags themselves; discussions/topics/merging.py carries topics over."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.recording import record
from community.spaces.models import Space
from discussions.events import TAG_MERGED
from discussions.tags.access import require_tag, require_tidy
from discussions.tags.models import Tag, TagCount, TagPreference, TagSynonym

SHOWN_SPACES = 20


@dataclass(frozen=True)
class Preview:
    """What a merge changes, as far as whoever looks at it may read.

    counts are the first SHOWN_SPACES spaces by their topics, more_spaces how many follow.
    """

    topics: int
    counts: list[TagCount]
    more_spaces: int


def preview_merge(tag: Tag, *, viewer: User) -> Preview:
    """Two queries and one for the spaces."""
    visible = Space.objects.visible_to(viewer)
    counts = TagCount.objects.filter(tag=tag, topics__gt=0, space__in=visible)
    ranked = counts.select_related("space").order_by("-topics", "space__name", "pk")
    topics = counts.aggregate(topics=Sum("topics"))["topics"] or 0
    more = max(0, counts.count() - SHOWN_SPACES)
    return Preview(topics, list(ranked[:SHOWN_SPACES]), more)


def begin_merge(tag: Tag, into: Tag, *, by: User) -> None:
    """Let everything but topics go over, and mark tag. Call it in an action.

    Raises Tag.DoesNotExist, PermissionDenied, and ValidationError for the field into.
    """
    if tag.pk == into.pk:
        raise ValidationError({"into": _("This is the same tag. Choose another one.")})
    tag, into = _lock_both(tag, into)
    for each in (tag, into):
        require_tag(each, by)
    require_tidy(by)
    _let_readers_know(tag, into)
    _hand_over_people(tag, into)
    _hand_over_names(tag, into, by)
    # Those whose topics are still on their way to tag go on to where it goes.
    Tag.objects.filter(merged_into=tag).update(merged_into=into)
    tag.merged_into = into
    tag.save(update_fields=["merged_into"])
    record(TAG_MERGED, actor=by, obj=into, before=tag.name, source_before=tag.description_source)


def _lock_both(tag: Tag, into: Tag) -> tuple[Tag, Tag]:
    """In the order of their ids, so that two merges in opposite directions can't meet."""
    both = Tag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by("pk")
    locked = {each.pk: each for each in both}
    if len(locked) < 2:
        raise Tag.DoesNotExist
    return locked[tag.pk], locked[into.pk]


def _let_readers_know(tag: Tag, into: Tag) -> None:
    """At once, in every space with tag; the topics are counted when they have come over."""
    spaces = tag.counts.values_list("space_id", flat=True)
    TagCount.objects.bulk_create(
        [TagCount(space_id=space, tag=into) for space in spaces], ignore_conflicts=True
    )


def _hand_over_people(tag: Tag, into: Tag) -> None:
    chosen = TagPreference.objects.filter(tag=into).values("person_id")
    TagPreference.objects.filter(tag=tag).exclude(person__in=chosen).update(tag=into)
    TagPreference.objects.filter(tag=tag).delete()


def _hand_over_names(tag: Tag, into: Tag, by: User) -> None:
    names = {tag.name, *tag.synonyms.values_list("name", flat=True)} - {into.name}
    TagSynonym.objects.bulk_create(
        [TagSynonym(tag=into, name=name, by=by) for name in sorted(names)], ignore_conflicts=True
    )
    tag.synonyms.all().delete()


def lock_merging(tag_id: int) -> Tag | None:
    """Return a tag that was merged, locked until the action commits; None when it is gone."""
    merging = Tag.objects.select_for_update(of=("self",)).exclude(merged_into=None)
    return merging.filter(pk=tag_id).first()


def spaces_to_count(tag: Tag) -> list[int]:
    """The ids of the spaces where a merged tag stood, in their order."""
    return list(tag.counts.order_by("space_id").values_list("space_id", flat=True))
