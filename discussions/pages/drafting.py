"""What a form says of its draft; js/drafts.js saves it, and the form opens with it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from community.accounts.models import User
from discussions.drafts.models import Draft
from discussions.drafts.places import Place
from discussions.drafts.queries import draft_at


@dataclass(frozen=True)
class Drafting:
    """What parts/draft.html shows.

    version: of the draft that the form was made from, 0 for none. restored: it fills the form.
    typed: the form holds what was sent a moment ago, which is newer than any draft.
    """

    place: Place
    version: int = 0
    restored: Draft | None = None
    typed: bool = False
    # What a fresh form starts with.
    initial: dict[str, Any] = field(default_factory=dict)


def reopen(place: Place, initial: Mapping[str, Any], *, by: User) -> Drafting:
    """What a fresh form starts with: by's draft, if there is one, over initial."""
    draft = draft_at(place, viewer=by)
    if draft is None:
        return Drafting(place, initial=dict(initial))
    # An edit that was saved meanwhile, and with its text the draft came to nothing.
    said = {name: text for name, text in draft.texts.items() if name != "version"}
    if all(str(initial.get(name) or "") == text for name, text in said.items()):
        return Drafting(place, draft.version, initial=dict(initial))
    return Drafting(place, draft.version, draft, initial=dict(initial) | draft.texts)


def as_typed(place: Place, data: Mapping[str, Any]) -> Drafting:
    """For a form that is shown again with data, which it was sent with."""
    return Drafting(place, sent_version(data), typed=True)


def sent_version(data: Mapping[str, Any]) -> int:
    """The version of the draft that the form was about, 0 where it doesn't say."""
    text = str(data.get("draft_version", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
