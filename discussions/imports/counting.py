"""Counting a batch of threads: what it adds, and what is here already."""

from discussions.imports.batches import DOWN, UP, Batch
from discussions.imports.tally import ALREADY_HERE, Tally
from discussions.imports.threads import Thread

JOINED = "part of the same edit as another row"


def count_batch(batch: Batch, threads: list[Thread], tally: Tally) -> None:
    items = [item for thread in threads for item in thread.items]
    present = {
        "question": len(batch.questions),
        "answer": sum(map(len, batch.answers.values())),
        "comment": sum(map(len, batch.comments.values())),
    }
    for kind, number in present.items():
        added = sum(item.kind == kind for item in items)
        tally[f"{kind}s"].added += added
        tally[f"{kind}s"].skip(ALREADY_HERE, number - added)
    posts = {item.row["id"]: len(item.revisions) for item in items if item.kind != "comment"}
    _count_votes(batch, posts, tally)
    _count_acceptances(batch, threads, tally)
    _count_revisions(batch, posts, tally)


def _count_votes(batch: Batch, posts: dict[int, int], tally: Tally) -> None:
    for (post, kind), number in batch.votes.items():
        if kind in (UP, DOWN):
            tally["votes"].added += number if post in posts else 0
            tally["votes"].skip(ALREADY_HERE, 0 if post in posts else number)


def _count_acceptances(batch: Batch, threads: list[Thread], tally: Tally) -> None:
    added = sum(thread.acceptance is not None for thread in threads)
    possible = sum(
        any(row["id"] == question["accepted"] for row in batch.answers.get(question["id"], []))
        for question in batch.questions
    )
    tally["acceptances"].added += added
    tally["acceptances"].skip(ALREADY_HERE, possible - added)


def _count_revisions(batch: Batch, posts: dict[int, int], tally: Tally) -> None:
    for post, rows in batch.edits.items():
        if post in posts:
            tally["revisions"].added += posts[post]
            tally["revisions"].skip(JOINED, len(rows) - posts[post])
        else:
            tally["revisions"].skip(ALREADY_HERE, len(rows))
