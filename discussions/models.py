"""All models of the area, for Django's registry."""

from discussions.answers.models import Acceptance, Contribution
from discussions.drafts.models import Draft
from discussions.exports.models import Export
from discussions.reactions.models import Vote
from discussions.reading.models import SpaceWatermark, TopicReading, Visit
from discussions.resources.models import Captions, Link, Rating, Resource, Use, Version
from discussions.saved.models import SavedPost
from discussions.sheets.models import Sheet
from discussions.tags.models import Tag, TagCount, TagPreference, TagSynonym
from discussions.topics.models import (
    Closure,
    Deletion,
    Move,
    Origin,
    Pin,
    Post,
    Reference,
    Revision,
    Topic,
    TopicLink,
    TopicTag,
)

__all__ = [
    "Acceptance",
    "Captions",
    "Closure",
    "Contribution",
    "Deletion",
    "Draft",
    "Export",
    "Link",
    "Move",
    "Origin",
    "Pin",
    "Post",
    "Rating",
    "Reference",
    "Resource",
    "Revision",
    "SavedPost",
    "Sheet",
    "SpaceWatermark",
    "Tag",
    "TagCount",
    "TagPreference",
    "TagSynonym",
    "Topic",
    "TopicLink",
    "TopicReading",
    "TopicTag",
    "Use",
    "Version",
    "Visit",
    "Vote",
]
