import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["same", "removed", "added"]

# The search costs about the square of the number of edits, so it ends here. All changed places of
# a text share what one search may cost.
MAX_EDITS = 500

_WORD = re.compile(r"\S+[^\S\n]*\n?|\s+")


@dataclass
class Budget:
    """How many steps searches may still take; one that finds MAX_EDITS edits takes them all."""

    steps: int = (MAX_EDITS + 1) * (MAX_EDITS + 2) // 2

    def spend(self, steps: int) -> bool:
        self.steps -= steps
        return self.steps >= 0


@dataclass(frozen=True)
class Change:
    """A run of text; "same" and "removed" ones make the old text, "same" and "added" the new."""

    kind: Kind
    text: str


def word_diff(old: str, new: str) -> list[Change]:
    """The changes that lead from old to new: lines first, then words within changed lines.

    What would take longer than a run of MAX_EDITS edits is shown as removed and added whole, so
    that the time stays bounded for any two texts. Source of the search: Myers, "An O(ND)
    Difference Algorithm and Its Variations", 1986.
    """
    by_lines = _diff(old.splitlines(keepends=True), new.splitlines(keepends=True), Budget())
    budget = Budget()
    changes: list[Change] = []
    for same, run in groupby(by_lines, key=lambda change: change.kind == "same"):
        hunk = list(run)
        changes.extend(hunk if same else _diff_words(hunk, budget))
    return list(_joined(changes))


def _diff_words(hunk: list[Change], budget: Budget) -> list[Change]:
    removed = "".join(change.text for change in hunk if change.kind == "removed")
    added = "".join(change.text for change in hunk if change.kind == "added")
    return _removals_first(_diff(_WORD.findall(removed), _WORD.findall(added), budget))


def _removals_first(changes: list[Change]) -> list[Change]:
    ordered: list[Change] = []
    for _, run in groupby(changes, key=lambda change: change.kind == "same"):
        ordered.extend(sorted(run, key=lambda change: change.kind == "added"))
    return ordered


def _joined(changes: list[Change]) -> Iterator[Change]:
    for kind, run in groupby(changes, key=lambda change: change.kind):
        text = "".join(change.text for change in run)
        if text:
            yield Change(kind, text)


def _diff(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Change]:
    """Changes piece by piece; what both begin and end with needs no search."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    rest = min(len(old), len(new)) - start
    end = 0
    while end < rest and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = _search(old[start : len(old) - end], new[start : len(new) - end], budget)
    tail = old[len(old) - end :]
    return [*_all("same", old[:start]), *middle, *_all("same", tail)]


def _all(kind: Kind, pieces: Sequence[str]) -> list[Change]:
    return [Change(kind, piece) for piece in pieces]


def _search(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Change]:
    """The shortest way from old to new, or everything replaced where budget ends before.

    furthest[k] is how far in old a path with the edits so far comes on diagonal k = x - y.
    """
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(len(old) + len(new) + 1):
        if not budget.spend(edits + 1):
            break
        trail.append(dict(furthest))
        for k in range(-edits, edits + 1, 2):
            x = _step(furthest, k, edits)
            while x < len(old) and 0 <= x - k < len(new) and old[x] == new[x - k]:
                x += 1
            furthest[k] = x
            if x >= len(old) and x - k >= len(new):
                return _walk_back(old, new, trail)
    return [*_all("removed", old), *_all("added", new)]


def _step(furthest: dict[int, int], k: int, edits: int) -> int:
    """Where the better neighbour's path enters diagonal k, by an addition or a removal."""
    if k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1]):
        return furthest[k + 1]
    return furthest[k - 1] + 1


def _walk_back(old: Sequence[str], new: Sequence[str], trail: list[dict[int, int]]) -> list[Change]:
    changes: list[Change] = []
    x, y = len(old), len(new)
    for edits in range(len(trail) - 1, -1, -1):
        k = x - y
        entry = _step(trail[edits], k, edits)
        while x > max(entry, 0) and y > entry - k and y > 0:
            x, y = x - 1, y - 1
            changes.append(Change("same", old[x]))
        if edits == 0:
            break
        if k == -edits or (k != edits and trail[edits][k - 1] < trail[edits][k + 1]):
            y -= 1
            changes.append(Change("added", new[y]))
        else:
            x -= 1
            changes.append(Change("removed", old[x]))
    return changes[::-1]
