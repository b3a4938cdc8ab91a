"""Whether a dump is of the site that its name stands for here: folders may share a name."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from community.accounts.models import User
from discussions.imports.dump import DumpError, read_rows
from discussions.imports.origins import Source
from discussions.imports.times import utc
from discussions.topics.models import Post

ROWS_COMPARED = 50
QUESTION = "1"


def require_same_site(folder: Path, source: Source) -> None:
    """Raise DumpError where the dump's first people or questions are others than those here.

    Nothing changes when somebody joined or asked, so that one date in common is enough. What a
    first run has not brought in yet, or somebody has removed since, can't be compared.
    """
    for kind, model in (("user", User), ("question", Post)):
        dates = dict(islice(_dates(folder, kind), ROWS_COMPARED))
        known = source.known(kind, dates)
        here = dict(model.objects.filter(pk__in=known.values()).values_list("pk", "created_at"))
        same = [here[pk] == dates[key] for key, pk in known.items() if pk in here]
        if same and not any(same):
            raise DumpError(
                f"{folder} isn't the dump of {source.system} that is here already: "
                "give the host of its own site with --site."
            )


def _dates(folder: Path, kind: str) -> Iterator[tuple[str, datetime]]:
    """Ids and dates of a kind's first rows; rows that the import leaves out are none."""
    file = "Users.xml" if kind == "user" else "Posts.xml"
    for row in read_rows(folder / file, lambda read: None):
        if kind == "question" and row.get("PostTypeId") != QUESTION:
            continue
        try:
            yield str(int(row["Id"])), utc(row["CreationDate"])
        except (KeyError, ValueError):
            continue
