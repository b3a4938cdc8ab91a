"""What of a batch an earlier run brought in."""

from dataclasses import dataclass
from sqlite3 import Row

from discussions.imports.batches import Batch
from discussions.imports.origins import Source
from discussions.topics.models import Post


@dataclass(frozen=True)
class Here:
    """By the source's ids: topics and posts that are here, and all that ever came in."""

    topics: dict[int, int]
    posts: dict[int, int]
    solved: set[int]
    known: set[tuple[str, int]]

    def knows(self, kind: str, row: Row) -> bool:
        """Whether it came in once; it may have been removed since."""
        return (kind, row["id"]) in self.known


def look_up(batch: Batch, source: Source) -> Here:
    kinds = {
        "question": source.known("question", [row["id"] for row in batch.questions]),
        "answer": source.known("answer", _ids(batch.answers)),
        "comment": source.known("comment", _ids(batch.comments)),
    }
    keys = {**kinds["question"], **kinds["answer"]}
    present = Post.objects.filter(pk__in=keys.values()).values_list(
        "pk", "topic", "topic__solved_at"
    )
    topic_of = {pk: topic for pk, topic, _solved in present}
    solved = {topic for _pk, topic, solved_at in present if solved_at}
    topics = {int(key): topic_of[pk] for key, pk in kinds["question"].items() if pk in topic_of}
    return Here(
        topics=topics,
        posts={int(key): pk for key, pk in keys.items() if pk in topic_of},
        solved={question for question, topic in topics.items() if topic in solved},
        known={(kind, int(key)) for kind, found in kinds.items() for key in found},
    )


def _ids(groups: dict[int, list[Row]]) -> list[int]:
    return [row["id"] for rows in groups.values() for row in rows]
