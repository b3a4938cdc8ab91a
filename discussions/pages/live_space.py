"""What readers of a space's list are told: that topics came, never in which place."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

from django.db.models import Q

from community.accounts.models import User
from community.live.streams import Message
from community.outbox.models import Event
from community.spaces.models import Space
from community.spaces.queries import space_of
from community.spaces.sight import readers
from discussions import events as discussions
from discussions.topics.models import Topic

NEWS = frozenset({discussions.TOPIC_STARTED, discussions.TOPIC_MOVED, discussions.TOPIC_RESTORED})


class SpaceStream:
    """ "space:ID"; the methods are described in community/live/streams.py."""

    area = "discussions"

    def find(self, name: str, viewer: User) -> int:
        return Space.objects.visible_to(viewer).get(public_id=name).pk

    def news(self, key: int) -> Q:
        return Q(space_id=key, name__in=NEWS)

    def keys(self, event: Event) -> Iterable[int]:
        return [event.space_id] if event.space_id and event.name in NEWS else []

    def touched(self, event: Event, keys: Collection[int]) -> Iterable[int]:
        is_of_space = event.topic_id is None and event.space_id in keys
        return [event.space_id] if is_of_space and event.space_id else []

    def readers(self, key: int, people: Collection[User]) -> Mapping[int, Hashable]:
        space = space_of(key)
        if space is None:
            return {}
        ids = [person.pk for person in people]
        found = readers(space).filter(pk__in=ids).values_list("pk", flat=True)
        return dict.fromkeys(found, "reader")

    def told(self, key: int, events: Sequence[Event], viewer: User) -> list[Message]:
        """Public ids of topics that came and are there; one query."""
        came = {event.topic_id for event in events if event.topic_id}
        there = Topic.objects.visible_to(viewer).filter(pk__in=came, space=key)
        topics = list(there.order_by("pk").values_list("public_id", flat=True))
        return [{"kind": events[-1].name, "hint": "more", "topics": topics}] if topics else []
