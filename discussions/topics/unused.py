"""Tags that no topic carries any more: which ones they are, and removing them."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from community.accounts.models import User
from community.outbox.recording import action
from community.spaces.models import Space
from discussions.tags.access import require_tidy
from discussions.tags.models import Tag
from discussions.tags.removal import free_of_merges, hold_for_removal, let_go
from discussions.topics.models import Origin, TopicTag

# So many are removed in one go.
AT_ONCE = 200


def unused_tags(viewer: User) -> QuerySet[Tag]:
    """Tags that viewer knows and that no topic carries where viewer reads, a deleted one included.

    What other spaces do with a tag makes no difference, else the list would tell of it.
    """
    spaces = Space.objects.visible_to(viewer)
    carried = TopicTag.objects.filter(tag=OuterRef("pk"), topic__space__in=spaces)
    return free_of_merges(Tag.objects.visible_to(viewer)).exclude(Exists(carried))


@action
def remove_unused(names: Sequence[str], *, by: User) -> int:
    """Remove the tags of these names, at most 200; return how many are gone for by.

    One that is in use again stays, and so does one for the readers of other spaces that have or had
    it. Raises PermissionDenied.
    """
    require_tidy(by)
    unused = unused_tags(by).filter(name__in=names[:AT_ONCE])
    hold_for_removal(list(unused.values_list("pk", flat=True)))
    tags = list(unused.order_by("pk").prefetch_related("synonyms"))
    carried = TopicTag.objects.filter(tag__in=tags).values_list("tag_id", flat=True)
    gone = let_go(tags, by=by, carried=set(carried))
    Origin.objects.filter(kind="tag", object_id__in=gone).delete()
    return len(tags)
