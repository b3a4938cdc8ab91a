"""Load the generated data set of the bench into an empty site, and write what to request of it.

DATA_DIR=FOLDER python tests/load/seed.py --data dataset.ndjson --paths paths.json

The data set is the one that the peers are seeded with (users, categories, topics, posts as JSON
lines). Categories become open spaces, topics become discussions with two tags.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.load.project import say, set_up_django

if TYPE_CHECKING:
    from community.accounts.models import User
    from community.spaces.models import Space
    from discussions.tags.models import Tag
    from discussions.topics.models import Topic
    from tests.load.bulk import Thread

TAGS = 60
LONG = 26


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--paths", type=Path, required=True)
    parser.add_argument("--sessions", type=int, default=200)
    options = parser.parse_args()
    set_up_django()
    from django.core.management import call_command

    call_command("prepare")
    started = time.monotonic()
    rows = [json.loads(line) for line in options.data.open(encoding="utf-8")]
    options.paths.write_text(json.dumps(load(rows, options.sessions)), encoding="utf-8")
    say(f"loaded in {time.monotonic() - started:.0f} s")


def load(rows: list[dict[str, Any]], sessions: int) -> dict[str, str | list[str]]:
    """Store all rows; return the paths to request by case, and ready session cookies."""
    from tests.load import bulk

    rng = Random(7)  # the same memberships and tags every time
    people = bulk.make_people([row["name"] for row in rows if row["kind"] == "user"])
    categories = [row for row in rows if row["kind"] == "category"]
    spaces = bulk.make_spaces([(row["name"], row["description"]) for row in categories])
    tags = bulk.make_tags([f"subject-{number}" for number in range(1, TAGS + 1)])
    bulk.join_spaces(people, spaces, rng)
    made = bulk.store_threads(
        threads(rows, people, spaces, tags, rng), lambda done: say(f"{done:,} topics")
    )
    bulk.rebuild()
    return paths(made, spaces, people) | {"cookies": bulk.sign_in(people[:sessions])}


def threads(
    rows: list[dict[str, Any]],
    people: "list[User]",
    spaces: "list[Space]",
    tags: "list[Tag]",
    rng: Random,
) -> "Iterator[Thread]":
    """The topics of the data set; users and categories are numbered from 1 in it."""
    from django.utils import timezone

    from discussions.topics.models import Kind
    from tests.load.bulk import Draft, Thread

    now = timezone.now()
    for row in rows:
        if row["kind"] == "topic":
            drafts = [
                Draft(people[post["user"] - 1], before(now, post["age"]), post["text"])
                for post in row["posts"]
            ]
            space = spaces[row["category"] - 1]
            yield Thread(space, Kind.DISCUSSION, row["title"], rng.sample(tags, 2), drafts)


def before(now: datetime, seconds: int) -> datetime:
    return now - timedelta(seconds=seconds)


def paths(
    topics: "list[Topic]", spaces: "list[Space]", people: "list[User]"
) -> dict[str, str | list[str]]:
    long = [topic for topic in topics if topic.highest_number >= LONG]
    return {
        "home": ["/"],
        "latest": ["/discussions"],
        "category": [space.get_absolute_url() for space in spaces],
        "topic": [topic.get_absolute_url() for topic in long[-500:]],
        "tid": long[0].public_id,
        "reply": [f"/topics/{topic.public_id}/replies" for topic in long[:200]],
        "profile": [person.get_absolute_url() for person in people[:300]],
        "sign_in": ["/account/login/"],
        "topic_api": [f"/api/v1/topics/{topic.public_id}" for topic in long[-500:]],
        "latest_api": ["/api/v1/topics"],
    }


if __name__ == "__main__":
    main()
