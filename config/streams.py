"""What can be watched over a socket; community/live loads this by name. docs/live.md tells it."""

from collections.abc import Mapping

from community.live.streams import StreamKind
from discussions.pages.live import TopicStream
from discussions.pages.live_space import SpaceStream

STREAMS: Mapping[str, StreamKind] = {"topic": TopicStream(), "space": SpaceStream()}
