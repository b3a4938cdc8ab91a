"""What can be watched over a socket; community/live loads this by name. docs/live.md tells it."""

from collections.abc import Mapping

from community.live.streams import StreamKind
from discussions.pages.live import TopicStream

STREAMS: Mapping[str, StreamKind] = {"topic": TopicStream()}
