"""What an import read, added and skipped, and why."""

from collections import Counter
from dataclasses import dataclass, field

KINDS = (
    "users",
    "questions",
    "answers",
    "comments",
    "votes",
    "acceptances",
    "tags",
    "links",
    "duplicates",
    "revisions",
)
ALREADY_HERE = "here already, or removed since"


@dataclass
class Count:
    """read is what the dump holds: all that was added and all that was skipped, by reason."""

    added: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def skipped(self) -> int:
        return self.reasons.total()

    @property
    def read(self) -> int:
        return self.added + self.skipped

    def skip(self, reason: str, rows: int = 1) -> None:
        if rows:
            self.reasons[reason] += rows


class Tally:
    """One Count per kind of thing, and sentences on what has no kind."""

    def __init__(self) -> None:
        self.counts = {kind: Count() for kind in KINDS}
        self.remarks: list[str] = []

    def __getitem__(self, kind: str) -> Count:
        return self.counts[kind]

    def as_json(self) -> dict[str, dict[str, int]]:
        return {
            kind: {"read": count.read, "added": count.added, "skipped": count.skipped}
            for kind, count in self.counts.items()
        }

    def lines(self, *, dry_run: bool) -> list[str]:
        """The table for people: a line per kind, under it why rows were skipped."""
        added = "would add" if dry_run else "added"
        lines = [f"{'':12} {'read':>9} {added:>9} {'skipped':>9}"]
        for kind, count in self.counts.items():
            lines.append(f"{kind:12} {count.read:>9,} {count.added:>9,} {count.skipped:>9,}")
            lines += [f"{'':12} {rows:>29,}  {why}" for why, rows in count.reasons.most_common()]
        return [*lines, *self.remarks]
