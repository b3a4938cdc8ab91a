"""Topics with their posts in the order of their creation, built from a batch of rows."""

from dataclasses import dataclass, field
from datetime import datetime
from sqlite3 import Row

from discussions.answers.models import Acceptance
from discussions.imports.batches import ACCEPTED, Batch
from discussions.imports.closings import closing_reason
from discussions.imports.here import Here
from discussions.imports.posts import Item, PostBuilder, title_of
from discussions.imports.texts import tag_names
from discussions.imports.times import utc
from discussions.topics.models import Closure, Kind, Post, Topic
from discussions.topics.ranking import answer_worth


@dataclass
class Thread:
    """What is missing of one topic; here is its key if an earlier run made it, else it is new."""

    topic: Topic
    here: int | None = None
    items: list[Item] = field(default_factory=list)
    tag_names: list[str] = field(default_factory=list)
    closure: Closure | None = None
    acceptance: Acceptance | None = None


@dataclass(frozen=True)
class ThreadBuilder:
    """system names the source where it doesn't say why it closed a question."""

    batch: Batch
    here: Here
    posts: PostBuilder
    space_id: int
    system: str

    def build(self) -> list[Thread]:
        threads = [self._thread(row) for row in self.batch.questions if not self._is_lost(row)]
        return [thread for thread in threads if thread.items]

    def _is_lost(self, question: Row) -> bool:
        """Whether somebody removed the topic, so that its answers have no place any more."""
        return self.here.knows("question", question) and question["id"] not in self.here.topics

    def _thread(self, question: Row) -> Thread:
        topic = self.here.topics.get(question["id"])
        thread = Thread(Topic(pk=topic), here=topic) if topic else self._new(question)
        for row in self.batch.answers.get(question["id"], []):
            if not self.here.knows("answer", row):
                thread.items.append(self.posts.build("answer", row))
        self._accept(thread, question)
        self._add_comments(thread, question)
        # The opening post comes first, whatever the source's clock said.
        thread.items.sort(key=lambda item: (item.kind != "question", item.post.created_at))
        return thread

    def _new(self, question: Row) -> Thread:
        item = self.posts.build("question", question)
        at = item.post.created_at
        topic = Topic(
            space_id=self.space_id,
            kind=Kind.QUESTION,
            title=title_of(question),
            author_id=item.post.author_id,
            byline=item.post.byline,
            excerpt=item.excerpt,
            created_at=at,
            active_at=at,
        )
        thread = Thread(topic, items=[item], tag_names=tag_names(question["tags"]))
        if question["closed"]:
            topic.closed_at = utc(question["closed"])
            thread.closure = Closure(topic=topic, reason=self._reason(question), at=topic.closed_at)
        return thread

    def _reason(self, question: Row) -> str:
        return closing_reason(
            self.batch.closings.get(question["id"], []),
            is_duplicate=question["id"] in self.batch.duplicates,
            system=self.system,
        )

    def _accept(self, thread: Thread, question: Row) -> None:
        """Accept in the name of whoever asked; what was accepted here since stays so."""
        if question["accepted"] is None or question["id"] in self.here.solved:
            return
        for item in thread.items:
            if item.kind == "answer" and item.row["id"] == question["accepted"]:
                post, at = item.post, self._accepted_at(item)
                asker = self.posts.authors.of(question).person
                thread.acceptance = Acceptance(answer=post, by_id=asker, at=at)
                post.accepted_at = at
                post.worth = answer_worth(post.up_imported, post.down_imported, accepted=True)

    def _accepted_at(self, item: Item) -> datetime:
        """The source gives the day only, or nothing: then no earlier than the answer."""
        day = self.batch.voted_at.get((item.row["id"], ACCEPTED))
        return max(utc(day), item.post.created_at) if day else item.post.created_at

    def _add_comments(self, thread: Thread, question: Row) -> None:
        parents: dict[int, Post | int] = {item.row["id"]: item.post for item in thread.items}
        for row in self.batch.comments.get(question["id"], []):
            parent = parents.get(row["post"]) or self.here.posts.get(row["post"])
            if parent is not None and not self.here.knows("comment", row):
                item = self.posts.build("comment", row)
                item.parent = parent
                thread.items.append(item)
