"""The lists in a download beside its topics and posts; discussions/exports loads it by name."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from community.accounts.models import User
from community.spaces.models import Space
from discussions.exports import belongings
from discussions.exports.space import ratings_in
from learning.collections.records import collections_in, collections_kept_by

Records = Iterable[dict[str, Any]]

# For the person themselves.
OF_PERSON: Mapping[str, Callable[[User], Records]] = {
    "details.jsonl": belongings.details,
    "answers.jsonl": belongings.answers,
    "spaces.jsonl": belongings.spaces,
    "revisions.jsonl": belongings.revisions,
    "drafts.jsonl": belongings.drafts,
    "saved.jsonl": belongings.saved,
    "ratings.jsonl": belongings.ratings,
    "uses.jsonl": belongings.uses,
    "collections.jsonl": collections_kept_by,
    "followed-people.jsonl": belongings.followed_people,
    "tags.jsonl": belongings.chosen_tags,
}

# For an owner, who reads the space.
OF_SPACE: Mapping[str, Callable[[Space, User], Records]] = {
    "ratings.jsonl": ratings_in,
    "collections.jsonl": collections_in,
}
