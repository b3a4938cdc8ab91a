"""`[[t:ID]]` in texts."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, Q

from community.spaces.models import Visibility
from community.spaces.sight import guests_reading
from community.text.references import Target
from discussions.topics.models import Topic


def topics(keys: Collection[str], space_id: int | None) -> Mapping[str, Target]:
    """Return targets by public id.

    A title stands in stored HTML only where every reader of the text may know it: the topic's
    space is the text's own, or it is open and no guest reads the text. Everything else, missing
    topics too, is the bare address, which tells nothing of what is behind it.
    """
    known = Topic.objects.filter(public_id__in=keys, deleted_at=None)
    is_open = Q(space__visibility=Visibility.OPEN) & ~Exists(guests_reading(space_id))
    titled = {
        topic.public_id: Target(url=topic.get_absolute_url(), text=topic.title)
        for topic in known.filter(is_open | Q(space=space_id))
    }
    return {key: titled.get(key) or _bare(key) for key in keys}


def _bare(key: str) -> Target:
    return Target(url=f"/t/{key}", text=f"/t/{key}")
