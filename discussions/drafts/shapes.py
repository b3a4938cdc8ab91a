"""Drafts as their writer's programs get them."""

from typing import Annotated, TypedDict

from community.http.api.shapes import Note, Time, written
from discussions.drafts.models import Draft

Where = Annotated[
    str,
    Note(
        "`start` and `share` for a new topic or link, `topic:` and an id for an answer or a reply, "
        "`comment:` or `edit:` and the id of a post."
    ),
]


class DraftShape(TypedDict):
    place: Where
    # What stands in the form, by the names of its fields.
    texts: dict[str, str]
    version: int
    saved_at: Time


def draft_shape(draft: Draft) -> DraftShape:
    return {
        "place": draft.place,
        "texts": draft.texts,
        "version": draft.version,
        "saved_at": written(draft.saved_at),
    }
