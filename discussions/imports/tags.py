"""The source's tags and their wikis; a tag that is here already stays as it is."""

from collections.abc import Iterable
from itertools import islice
from sqlite3 import Row

from django.core.exceptions import ValidationError

from community.outbox.recording import action
from discussions.imports.dump import Progress
from discussions.imports.origins import Source
from discussions.imports.staging import Stage
from discussions.imports.tally import ALREADY_HERE, Tally
from discussions.imports.texts import from_html, render_text
from discussions.tags.actions import RESERVED
from discussions.tags.models import TAG_NAME, Tag
from discussions.topics.models import Origin

BATCH_ROWS = 500
_WITH_WIKIS = """
SELECT tags.id, lower(tags.name) AS name, tags.of_questions,
    excerpts.body AS excerpt, wikis.body AS wiki,
    coalesce(wikis.licence, excerpts.licence) AS licence
FROM tags
LEFT JOIN posts AS excerpts ON excerpts.id = tags.excerpt AND excerpts.kind = 4
LEFT JOIN posts AS wikis ON wikis.id = tags.wiki AND wikis.kind = 5
ORDER BY tags.id
"""


def import_tags(
    stage: Stage, source: Source, tally: Tally, progress: Progress, *, dry_run: bool
) -> None:
    rows = stage.rows(_WITH_WIKIS)
    done, total = 0, stage.count("SELECT count(*) FROM tags")
    while batch := list(islice(rows, BATCH_ROWS)):
        fits = {row["name"]: row for row in batch if _is_name(row["name"])}
        known = set(Tag.objects.filter(name__in=fits).values_list("name", flat=True))
        fresh = [row for name, row in fits.items() if name not in known]
        if fresh and not dry_run:
            _write([_described(row) for row in fresh], fresh, source)
        _count(batch, fresh, known, tally)
        done += len(batch)
        progress("Tags", done, total)


def _count(batch: list[Row], fresh: list[Row], known: set[str], tally: Tally) -> None:
    """Count the rows of Tags.xml; a tag that only questions name is none of them."""
    listed = [row for row in batch if not row["of_questions"]]
    added = sum(not row["of_questions"] for row in fresh)
    here = sum(row["name"] in known for row in listed)
    tally["tags"].added += added
    tally["tags"].skip(ALREADY_HERE, here)
    tally["tags"].skip("no usable name, or one that occurs twice", len(listed) - added - here)


def _is_name(name: str) -> bool:
    """Whether a person could give a tag that name, so that its page can be reached."""
    try:
        TAG_NAME(name)
    except ValidationError:
        return False
    return name not in RESERVED and any(letter.isalnum() for letter in name)


def _described(row: Row) -> Tag:
    parts = [from_html(html) for html in (row["excerpt"], row["wiki"]) if html]
    description = "\n\n".join(parts)
    return Tag(
        name=row["name"],
        description_source=description,
        description_html=render_text(description).html if description else "",
    )


@action
def _write(tags: list[Tag], rows: list[Row], source: Source) -> None:
    Tag.objects.bulk_create(tags)
    Origin.objects.bulk_create(
        source.origin("tag", tag.name, tag.pk, licence=row["licence"])
        for tag, row in zip(tags, rows, strict=True)
    )


def tag_keys(names: Iterable[str]) -> dict[str, int]:
    """The keys of the tags by name; names that are too long for a tag are left out."""
    return dict(Tag.objects.filter(name__in=set(names)).values_list("name", "pk"))
