"""Which rows and attributes of a dump are read, and as what."""

from dataclasses import dataclass, field
from datetime import datetime

from discussions.imports.dump import Row

LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Table:
    """Columns with the attributes that fill them, by type. A row must have id and `required`."""

    name: str
    file: str
    numbers: dict[str, str] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    required: frozenset[str] = frozenset()

    @property
    def columns(self) -> list[str]:
        return ["id", *self.numbers, *self.times, *self.texts]

    def create(self) -> str:
        numbers = [f", {column} INTEGER" for column in self.numbers]
        texts = [f", {column} TEXT" for column in (*self.times, *self.texts)]
        return f"CREATE TABLE {self.name} (id INTEGER PRIMARY KEY{''.join(numbers + texts)})"

    def insert(self) -> str:
        places = ", ".join("?" * len(self.columns))
        return f"INSERT OR IGNORE INTO {self.name} ({', '.join(self.columns)}) VALUES ({places})"  # noqa: S608 - the names stand in this file

    def values(self, row: Row) -> tuple[int | str | None, ...]:
        """The row's values in the order of columns. ValueError if one is missing or wrong."""
        numbers = {column: _number(row.get(name)) for column, name in self.numbers.items()}
        times = {column: _time(row.get(name)) for column, name in self.times.items()}
        texts = {column: row.get(name) for column, name in self.texts.items()}
        found: dict[str, int | str | None] = {"id": _number(row.get("Id"))}
        found |= {**numbers, **times, **texts}
        if found["id"] is None or any(found[column] is None for column in self.required):
            raise ValueError("incomplete")
        return tuple(found.values())


TABLES = (
    Table(
        "users",
        "Users.xml",
        times={"at": "CreationDate"},
        texts={"name": "DisplayName", "about": "AboutMe"},
        required=frozenset({"at"}),
    ),
    Table(
        "tags",
        "Tags.xml",
        numbers={"excerpt": "ExcerptPostId", "wiki": "WikiPostId"},
        texts={"name": "TagName"},
        required=frozenset({"name"}),
    ),
    Table(
        "posts",
        "Posts.xml",
        numbers={
            "kind": "PostTypeId",
            "parent": "ParentId",
            "accepted": "AcceptedAnswerId",
            "score": "Score",
            "owner": "OwnerUserId",
            "editor": "LastEditorUserId",
        },
        times={"at": "CreationDate", "edited": "LastEditDate", "closed": "ClosedDate"},
        texts={
            "owner_name": "OwnerDisplayName",
            "title": "Title",
            "tags": "Tags",
            "body": "Body",
            "licence": "ContentLicense",
        },
        required=frozenset({"kind", "at"}),
    ),
    Table(
        "comments",
        "Comments.xml",
        numbers={"post": "PostId", "score": "Score", "owner": "UserId"},
        times={"at": "CreationDate"},
        texts={"owner_name": "UserDisplayName", "body": "Text", "licence": "ContentLicense"},
        required=frozenset({"post", "at"}),
    ),
    Table(
        "votes",
        "Votes.xml",
        numbers={"post": "PostId", "kind": "VoteTypeId"},
        times={"at": "CreationDate"},
        required=frozenset({"post", "kind"}),
    ),
    Table(
        "links",
        "PostLinks.xml",
        numbers={"post": "PostId", "related": "RelatedPostId", "kind": "LinkTypeId"},
        times={"at": "CreationDate"},
        required=frozenset({"post", "related", "kind", "at"}),
    ),
    Table(
        "history",
        "PostHistory.xml",
        numbers={"post": "PostId", "kind": "PostHistoryTypeId", "owner": "UserId"},
        times={"at": "CreationDate"},
        texts={
            "owner_name": "UserDisplayName",
            "edit": "RevisionGUID",
            "comment": "Comment",
            "text": "Text",
        },
        required=frozenset({"post", "kind", "at", "edit"}),
    ),
    Table("badges", "Badges.xml"),
)


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    number = int(text)
    if abs(number) > LARGEST_NUMBER:
        raise ValueError("too large for a database")
    return number


def _time(text: str | None) -> str | None:
    """text if it is a time; a dump's times are UTC and say no zone."""
    if text is not None:
        datetime.fromisoformat(text)
    return text
