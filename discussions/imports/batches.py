"""The dump's questions with all that hangs on them, some at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from sqlite3 import Row

from discussions.imports.staging import Stage

BATCH_QUESTIONS = 100
ACCEPTED, UP, DOWN = 1, 2, 3
CLOSED = 10

_QUESTIONS = "SELECT * FROM posts WHERE kind = 1 AND id > ? ORDER BY id LIMIT ?"
_ANSWERS = "SELECT * FROM posts WHERE topic BETWEEN ? AND ? AND kind = 2 ORDER BY at, id"
_COMMENTS = """
SELECT comments.*, posts.topic AS topic, posts.kind AS post_kind
FROM comments JOIN posts ON posts.id = comments.post
WHERE posts.topic BETWEEN ? AND ? ORDER BY comments.at, comments.id
"""
_VOTES = """
SELECT votes.post, votes.kind, count(*) AS number, max(votes.at) AS at
FROM votes JOIN posts ON posts.id = votes.post
WHERE posts.topic BETWEEN ? AND ? AND votes.kind IN (1, 2, 3) GROUP BY votes.post, votes.kind
"""
_HISTORY = """
SELECT history.* FROM history JOIN posts ON posts.id = history.post
WHERE posts.topic BETWEEN ? AND ? AND history.kind <= 10 ORDER BY history.at, history.id
"""
_DUPLICATES = """
SELECT DISTINCT post FROM links WHERE kind = 3 AND post BETWEEN ? AND ?
"""

Grouped = dict[int, list[Row]]


@dataclass
class Batch:
    """Questions; answers and comments by the question's id; all else by the id of the post."""

    questions: list[Row]
    answers: Grouped = field(default_factory=dict)
    comments: Grouped = field(default_factory=dict)
    edits: Grouped = field(default_factory=dict)
    closings: Grouped = field(default_factory=dict)
    # Post and kind of vote to the number of votes, and to the day of the last one.
    votes: dict[tuple[int, int], int] = field(default_factory=dict)
    duplicates: set[int] = field(default_factory=set)
    voted_at: dict[tuple[int, int], str] = field(default_factory=dict)

    def all_rows(self) -> Iterator[Row]:
        """Every row that may name a user."""
        yield from self.questions
        for group in (self.answers, self.comments, self.edits):
            for rows in group.values():
                yield from rows


def read_batches(stage: Stage) -> Iterator[Batch]:
    last = -1
    while questions := list(stage.rows(_QUESTIONS, last, BATCH_QUESTIONS)):
        last = questions[-1]["id"]
        yield _filled(Batch(questions), stage, questions[0]["id"], last)


def _filled(batch: Batch, stage: Stage, first: int, last: int) -> Batch:
    for row in stage.rows(_ANSWERS, first, last):
        batch.answers.setdefault(row["topic"], []).append(row)
    for row in stage.rows(_COMMENTS, first, last):
        batch.comments.setdefault(row["topic"], []).append(row)
    for row in stage.rows(_VOTES, first, last):
        batch.votes[row["post"], row["kind"]] = row["number"]
        batch.voted_at[row["post"], row["kind"]] = row["at"]
    for row in stage.rows(_HISTORY, first, last):
        group = batch.closings if row["kind"] == CLOSED else batch.edits
        group.setdefault(row["post"], []).append(row)
    batch.duplicates = {row["post"] for row in stage.rows(_DUPLICATES, first, last)}
    return batch
