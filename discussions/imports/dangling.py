"""References in a dump to what it doesn't hold, listed in a file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from community.spaces.models import Space
from discussions.imports.staging import Stage
from discussions.imports.tables import TABLES
from discussions.topics.models import Post

# Table, column, and the table that it points to.
_REFERENCES = (
    ("tags", "excerpt", "posts"),
    ("tags", "wiki", "posts"),
    ("posts", "parent", "posts"),
    ("posts", "accepted", "posts"),
    ("posts", "owner", "users"),
    ("posts", "editor", "users"),
    ("comments", "post", "posts"),
    ("comments", "owner", "users"),
    ("votes", "post", "posts"),
    ("links", "post", "posts"),
    ("links", "related", "posts"),
    ("history", "post", "posts"),
    ("history", "owner", "users"),
)


def dangling_references(stage: Stage) -> Iterator[str]:
    """A line for each: which row of which file names what that isn't there."""
    tables = {table.name: table for table in TABLES}
    for name, column, target in _REFERENCES:
        table, attribute = tables[name], tables[name].numbers[column]
        query = (
            f"SELECT source.id, source.{column} AS missing FROM {name} AS source "  # noqa: S608 - names of this file
            f"LEFT JOIN {target} AS target ON target.id = source.{column} "
            f"WHERE source.{column} IS NOT NULL AND target.id IS NULL ORDER BY source.id"
        )
        for row in stage.rows(query):
            yield (
                f"{table.file} row {row['id']}: {attribute} {row['missing']} "
                f"isn't in {tables[target].file}"
            )
    for row in stage.rows("SELECT * FROM unusable"):
        yield f"{row['file']} row {row['id']}: left out, {row['why']}"


def unrendered_posts(space: Space) -> Iterator[str]:
    """A line for each post of the space that shows its source, since rendering refused it."""
    posts = Post.objects.filter(topic__space=space, render_version=0).select_related("topic")
    for post in posts.order_by("pk").iterator():
        yield f"{post.get_absolute_url()}: can't be rendered, so it is shown as it was typed"


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines to path, all or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    with fresh.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    fresh.replace(path)
