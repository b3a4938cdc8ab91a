"""What `manage.py rebuild` makes again from the tables. Imports record no events, they rebuild."""

from collections.abc import Callable

from community.accounts.rebuilds import rebuild_unit_paths
from community.spaces.rebuilds import rebuild_spaces
from discussions.answers.rebuilds import rebuild_contributions
from discussions.imports.rebuilds import rebuild_texts
from discussions.tags.rebuilds import rebuild_tag_descriptions
from discussions.topics.rebuilds import rebuild_tag_counts, rebuild_topic_counters
from learning.collections.rebuilds import rebuild_collection_descriptions

# (rows done, of how many), called as often as the rebuild likes.
Progress = Callable[[int, int], None]

# Each returns the number of rows that it went through.
REBUILDS: dict[str, Callable[[Progress], int]] = {
    "unit-paths": rebuild_unit_paths,
    "spaces": rebuild_spaces,
    "tag-descriptions": rebuild_tag_descriptions,
    "collection-descriptions": rebuild_collection_descriptions,
    "texts": rebuild_texts,
    "topic-counters": rebuild_topic_counters,
    "tag-counts": rebuild_tag_counts,
    "contributions": rebuild_contributions,
}
