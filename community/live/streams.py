"""What can be watched: a stream has a kind and a name, as "topic:Qx7b2mN4aZ".

The consumer and the follower know no domain. What a kind of stream is stands in
config/streams.py, named in settings.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.utils.module_loading import import_string

from community.accounts.models import User
from community.live.identities import Identity
from community.outbox.models import Event

# A part of an event's frame: its "kind", and either "html" with its "target", or "hint".
Message = dict[str, Any]


class StreamKind(Protocol):
    """One kind of stream. A key is the internal id of what is watched."""

    # The scope that a token needs to watch it, one of config.areas.
    area: str

    def find(self, name: str, viewer: User) -> int:
        """The key of what name names. Raises ObjectDoesNotExist alike for hidden and missing."""

    def news(self, key: int) -> Q:
        """Which events a program that was away missed."""

    def keys(self, event: Event) -> Iterable[int]:
        """Whom event is news for."""

    def touched(self, event: Event, keys: Collection[int]) -> Iterable[int]:
        """Those of keys whose readers event may have changed; one query at most."""

    def readers(self, key: int, people: Collection[User]) -> Mapping[int, Hashable]:
        """Those of people who may watch key now, by id: readers of equal value are told the same.

        At most five queries, however many people.
        """

    def told(self, key: int, events: Sequence[Event], viewer: User) -> list[Message]:
        """What viewer is told after events: the present state of what they touched."""


@dataclass(frozen=True, slots=True)
class Stream:
    kind: str
    key: int


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, StreamKind]:
    table: Mapping[str, StreamKind] = import_string(settings.STREAMS)
    return table


def find_stream(name: str, who: Identity) -> Stream:
    """Return what "kind:id" names. Raises ObjectDoesNotExist alike for hidden and missing."""
    kind, _colon, rest = name.partition(":")
    if kind not in kinds() or not who.reads(kinds()[kind].area):
        raise ObjectDoesNotExist
    viewer = User.objects.active().get(pk=who.person_id)
    return Stream(kind, kinds()[kind].find(rest, viewer))
