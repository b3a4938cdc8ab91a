"""Who answers for a reference in a text: kind to resolver. community/text loads this by name."""

from community.accounts.references import people
from discussions.tags.references import tags
from discussions.topics.references import topics

REFERENCE_KINDS = {"person": people, "tag": tags, "topic": topics}
