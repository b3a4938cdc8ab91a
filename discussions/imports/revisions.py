"""A post's history rows put together to revisions: title, tags and text of one edit are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Row

from community.text.names import clean_name
from discussions.imports.texts import from_mixed, tag_names

TITLE, BODY, TAGS = "title", "body", "tags"
# First versions, edits, rollbacks.
FIELDS = {
    1: TITLE,
    2: BODY,
    3: TAGS,
    4: TITLE,
    5: BODY,
    6: TAGS,
    7: TITLE,
    8: BODY,
    9: TAGS,
}


@dataclass(frozen=True)
class Version:
    """A post's full text after one edit; row is the first history row of that edit."""

    row: Row
    title: str
    tag_names: list[str]
    source: str
    reason: str


def versions_of(history: Sequence[Row]) -> list[Version]:
    """The versions that a post's edit rows describe, oldest first; [] if none of them has a text.

    history is in order of time. What an edit doesn't touch it takes over from the one before; what
    only a later edit names was so from the start.
    """
    edits: dict[str, list[Row]] = {}
    for row in history:
        edits.setdefault(row["edit"], []).append(row)
    state = _first_of_each(history)
    if BODY not in state:
        return []
    versions = []
    for rows in edits.values():
        state |= {FIELDS[row["kind"]]: row["text"] or "" for row in rows}
        versions.append(_version(rows, state))
    return versions


def _first_of_each(history: Sequence[Row]) -> dict[str, str]:
    return {FIELDS[row["kind"]]: row["text"] or "" for row in reversed(history)}


def _version(rows: Sequence[Row], state: dict[str, str]) -> Version:
    reasons = dict.fromkeys(row["comment"] for row in rows if row["comment"])
    return Version(
        row=rows[0],
        title=clean_name(state.get(TITLE, "")),
        tag_names=tag_names(state.get(TAGS)),
        source=from_mixed(state[BODY]),
        reason=clean_name(" ".join(reasons))[:200],
    )
