"""Links between questions: related ones, and duplicates."""

from itertools import islice
from sqlite3 import Row

from community.outbox.recording import action
from discussions.imports.dump import Progress
from discussions.imports.origins import Source
from discussions.imports.staging import Stage
from discussions.imports.tally import ALREADY_HERE, Tally
from discussions.imports.times import utc
from discussions.topics.models import Post, TopicLink

BATCH_ROWS = 500
KINDS = {1: TopicLink.Kind.RELATED, 3: TopicLink.Kind.DUPLICATE}
_COUNTS = {1: "links", 3: "duplicates"}
# A post's link is its topic's.
_WITH_TOPICS = """
SELECT links.*, source.topic AS source, target.topic AS target, source.id AS source_post,
    target.id AS target_post, row_number() OVER (
        PARTITION BY source.topic, target.topic, links.kind ORDER BY links.id) AS occurrence
FROM links
LEFT JOIN posts AS source ON source.id = links.post
LEFT JOIN posts AS target ON target.id = links.related
ORDER BY links.id
"""


def import_links(
    stage: Stage, source: Source, tally: Tally, progress: Progress, *, dry_run: bool
) -> None:
    rows = stage.rows(_WITH_TOPICS)
    done, total = 0, stage.count("SELECT count(*) FROM links")
    while batch := list(islice(rows, BATCH_ROWS)):
        usable = [row for row in batch if _is_usable(row, tally)]
        links = _links(usable, source, tally, dry_run=dry_run)
        if links and not dry_run:
            _write(links)
        done += len(batch)
        progress("Links", done, total)


def _is_usable(row: Row, tally: Tally) -> bool:
    why = _why_not(row)
    if why:
        tally[_COUNTS.get(row["kind"], "links")].skip(why)
    return not why


def _why_not(row: Row) -> str:
    if row["kind"] not in KINDS:
        return "of another kind"
    if row["source_post"] is None or row["target_post"] is None:
        return "an end isn't in the dump"
    if row["source"] is None or row["target"] is None:
        return "an end isn't imported"
    if row["source"] == row["target"]:
        return "both ends are in one topic"
    return "the same link as another row" if row["occurrence"] > 1 else ""


def _links(rows: list[Row], source: Source, tally: Tally, *, dry_run: bool) -> list[TopicLink]:
    """The links that aren't here yet, unsaved; a dry run only counts them."""
    openings = source.known("question", {row[end] for row in rows for end in ("source", "target")})
    topics = dict(Post.objects.filter(pk__in=openings.values()).values_list("pk", "topic"))
    keys = {int(key): topics[post] for key, post in openings.items() if post in topics}
    here = set(
        TopicLink.objects.filter(source__in=keys.values()).values_list("source", "target", "kind")
    )
    links = []
    for row in rows:
        kind = KINDS[row["kind"]]
        source_id, target_id = keys.get(row["source"], 0), keys.get(row["target"], 0)
        removed = not (source_id and target_id) and not dry_run
        if removed or (source_id, target_id, kind) in here:
            tally[_COUNTS[row["kind"]]].skip(ALREADY_HERE)
            continue
        tally[_COUNTS[row["kind"]]].added += 1
        links.append(
            TopicLink(source_id=source_id, target_id=target_id, kind=kind, at=utc(row["at"]))
        )
    return links


@action
def _write(links: list[TopicLink]) -> None:
    TopicLink.objects.bulk_create(links)
