"""Posts built from rows, with their text rendered and their revisions."""

from dataclasses import dataclass
from sqlite3 import Row

from community.text.markdown import RENDER_VERSION
from community.text.names import clean_name
from discussions.imports.batches import DOWN, UP, Batch
from discussions.imports.people import Authors
from discussions.imports.revisions import Version, versions_of
from discussions.imports.texts import (
    Text,
    from_html,
    from_markdown,
    render_text,
    shortened,
    tag_names,
)
from discussions.imports.times import utc
from discussions.topics.models import Post, Revision
from discussions.topics.ranking import answer_worth

LONGEST_TITLE = 400
POST_KINDS = {
    "question": Post.Kind.OPENING,
    "answer": Post.Kind.ANSWER,
    "comment": Post.Kind.COMMENT,
}


@dataclass
class Item:
    """A post that isn't here yet, unsaved, with the row that it comes from.

    parent is the post that a comment hangs on, or the key of one that is here already.
    """

    kind: str
    row: Row
    post: Post
    excerpt: str
    revisions: list[Revision]
    parent: Post | int | None = None


@dataclass(frozen=True)
class PostBuilder:
    """has_votes: the dump has Votes.xml; else a post's score is all that is known of them."""

    batch: Batch
    authors: Authors
    has_votes: bool

    def build(self, kind: str, row: Row) -> Item:
        history = self.batch.edits.get(row["id"], []) if kind != "comment" else []
        versions = versions_of(history)
        source = versions[-1].source if versions else _source(kind, row)
        text = render_text(source)
        post = self._post(kind, row, source, text)
        revisions = [self._revision(post, version) for version in versions]
        revisions = revisions or [_only_revision(post)]
        for number, revision in enumerate(revisions, start=1):
            revision.number = number
        if kind == "question":
            # The source renames tags without an edit: the last version is what stands.
            revisions[-1].title, revisions[-1].tag_names = title_of(row), tag_names(row["tags"])
        post.version = len(revisions)
        if len(versions) > 1:
            post.edited_at = revisions[-1].at
        return Item(kind, row, post, text.excerpt, revisions)

    def _post(self, kind: str, row: Row, source: str, text: Text) -> Post:
        author = self.authors.of(row)
        up, down = self._tally(kind, row)
        edited = row["edited"] if kind != "comment" else None
        return Post(
            kind=POST_KINDS[kind],
            author_id=author.person,
            byline=author.byline,
            source=source,
            html=text.html,
            # 0: no version renders it.
            render_version=0 if text.refused else RENDER_VERSION,
            created_at=utc(row["at"]),
            edited_at=utc(edited) if edited else None,
            up_imported=up,
            down_imported=down,
            worth=answer_worth(up, down, accepted=False),
        )

    def _tally(self, kind: str, row: Row) -> tuple[int, int]:
        """Up and down votes; votes on comments stand in no file, only their score."""
        if kind == "comment" or not self.has_votes:
            score = row["score"] or 0
            return max(score, 0), max(-score, 0)
        votes = self.batch.votes
        return votes.get((row["id"], UP), 0), votes.get((row["id"], DOWN), 0)

    def _revision(self, post: Post, version: Version) -> Revision:
        author = self.authors.of(version.row)
        is_opening = post.kind == Post.Kind.OPENING
        return Revision(
            post=post,
            title=shortened(version.title, LONGEST_TITLE) if is_opening else "",
            tag_names=version.tag_names if is_opening else [],
            source=version.source,
            by_id=author.person,
            byline=author.byline,
            reason=version.reason,
            at=utc(version.row["at"]),
        )


def title_of(question: Row) -> str:
    return (
        shortened(clean_name(question["title"] or ""), LONGEST_TITLE)
        or f"Question {question['id']}"
    )


def _source(kind: str, row: Row) -> str:
    """Bodies of posts are HTML, those of comments Markdown."""
    body = row["body"] or ""
    return from_markdown(body) if kind == "comment" else from_html(body)


def _only_revision(post: Post) -> Revision:
    return Revision(
        post=post,
        source=post.source,
        by_id=post.author_id,
        byline=post.byline,
        at=post.created_at,
    )
