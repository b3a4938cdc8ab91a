"""What of a dump has no place here, counted with the reason."""

from discussions.imports.staging import Stage
from discussions.imports.tables import TABLES
from discussions.imports.tally import Tally

UNUSABLE = "an attribute is missing or wrong, or the Id occurs twice"
# Which count a table's rows belong to; posts are of several kinds.
_KINDS = {
    "users": "users",
    "tags": "tags",
    "comments": "comments",
    "votes": "votes",
    "links": "links",
    "history": "revisions",
}
_HANGING = "SELECT count(*) FROM {0} LEFT JOIN posts ON posts.id = {0}.post WHERE {1} AND {2}"
_POST_STATES = {
    "its post isn't in the dump": "posts.id IS NULL",
    "its post isn't imported": "posts.id IS NOT NULL AND posts.topic IS NULL",
}
_ACCEPTED = """
SELECT count(*) FROM posts AS asked LEFT JOIN posts AS answer ON answer.id = asked.accepted
WHERE asked.kind = 1 AND asked.accepted IS NOT NULL AND """
_POST_KINDS = (
    "SELECT kind, count(*) AS number FROM posts WHERE kind NOT IN (1, 2, 4, 5) GROUP BY kind"
)


def count_left_out(stage: Stage, tally: Tally) -> None:
    _count_unusable(stage, tally)
    tally["answers"].skip(
        "its question isn't in the dump",
        stage.count("SELECT count(*) FROM posts WHERE kind = 2 AND topic IS NULL"),
    )
    _count_hanging(stage, tally, "comments", "comments", "1", "")
    _count_hanging(stage, tally, "votes", "votes", "votes.kind IN (2, 3)", "neither up nor down")
    _count_hanging(stage, tally, "revisions", "history", "history.kind <= 9", "not an edit")
    _count_acceptances(stage, tally)
    _add_remarks(stage, tally)


def _count_unusable(stage: Stage, tally: Tally) -> None:
    for table in TABLES:
        kept = f"SELECT count(*) FROM {table.name}"  # noqa: S608 - a name from staging
        if table.name == "tags":
            kept += " WHERE NOT of_questions"
        rows = stage.read[table.name] - stage.count(kept)
        if table.name in _KINDS:
            tally[_KINDS[table.name]].skip(UNUSABLE, rows)
        elif rows:
            tally.remarks.append(f"{table.file}: {rows:,} left out: {UNUSABLE}.")


def _count_hanging(
    stage: Stage, tally: Tally, kind: str, table: str, wanted: str, unwanted_why: str
) -> None:
    """Count rows of a table that hang on a post which is missing or not imported."""
    if unwanted_why:
        rows = stage.count(f"SELECT count(*) FROM {table} WHERE NOT ({wanted})")  # noqa: S608 - names of this file
        tally[kind].skip(unwanted_why, rows)
    for why, state in _POST_STATES.items():
        tally[kind].skip(why, stage.count(_HANGING.format(table, wanted, state)))


def _count_acceptances(stage: Stage, tally: Tally) -> None:
    count = tally["acceptances"]
    count.skip("its answer isn't in the dump", stage.count(_ACCEPTED + "answer.id IS NULL"))
    elsewhere = "answer.id IS NOT NULL AND (answer.kind <> 2 OR answer.topic IS NOT asked.id)"
    count.skip("its answer belongs to another question", stage.count(_ACCEPTED + elsewhere))


def _add_remarks(stage: Stage, tally: Tally) -> None:
    unlisted = stage.count("SELECT count(*) FROM tags WHERE of_questions")
    if unlisted:
        tally.remarks.append(f"Posts.xml: {unlisted:,} tags of questions aren't in Tags.xml.")
    wikis = stage.count("SELECT count(*) FROM posts WHERE kind IN (4, 5)")
    if wikis:
        tally.remarks.append(f"Posts.xml: {wikis:,} tag wikis are descriptions of tags.")
    for row in stage.rows(_POST_KINDS):
        tally.remarks.append(
            f"Posts.xml: {row['number']:,} of PostTypeId {row['kind']} left out: not known here."
        )
    if stage.read["badges"]:
        tally.remarks.append(f"Badges.xml: {stage.read['badges']:,} left out: no badges here.")
