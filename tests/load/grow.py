"""Add generated questions with answers to a site that holds something already.

DATA_DIR=FOLDER python tests/load/grow.py [--topics 20000]

Half of them go into the largest space that is there, the others into twenty new ones.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.load.project import say, set_up_django

if TYPE_CHECKING:
    from community.accounts.models import User
    from community.spaces.models import Space
    from discussions.tags.models import Tag
    from tests.load.bulk import Thread

YEAR_SECONDS = 365 * 86_400
PEOPLE = 500
SPACES = 20
TEXTS = 400
SYLLABLES = ["ba", "de", "fi", "go", "ku", "la", "me", "no", "pi", "ru", "sa", "te", "vi", "zo"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--topics", type=int, default=20_000)
    options = parser.parse_args()
    set_up_django()
    grow(options.topics)


def grow(count: int) -> None:
    from community.spaces.models import Space
    from discussions.tags.models import Tag
    from tests.load import bulk

    rng = Random(11)  # the same texts every time
    people = bulk.make_people([f"grown{number}" for number in range(1, PEOPLE + 1)])
    largest = list(Space.objects.order_by("-topic_count")[:1])
    fresh = bulk.make_spaces([(f"Grown {number}", sentence(rng)) for number in range(SPACES)])
    tags = list(Tag.objects.order_by("pk")[:300]) or bulk.make_tags(["grown"])
    bulk.join_spaces(people, largest + fresh, rng)
    places = largest * SPACES + fresh
    bulk.store_threads(
        threads(count, people, places, tags, rng), lambda done: say(f"{done:,} topics")
    )
    bulk.rebuild()


def threads(
    count: int, people: "list[User]", places: "list[Space]", tags: "list[Tag]", rng: Random
) -> "Iterator[Thread]":
    from django.utils import timezone

    from discussions.topics.models import Kind
    from tests.load.bulk import Draft, Thread

    texts = [text(rng) for _ in range(TEXTS)]
    for number in range(1, count + 1):
        asked_at = timezone.now() - timedelta(seconds=rng.randrange(86_400, YEAR_SECONDS))
        answers = rng.choice((0, 1, 1, 2, 2, 3, 5, 10))
        drafts = [
            Draft(
                rng.choice(people),
                asked_at + timedelta(hours=place),
                rng.choice(texts),
                up=rng.randrange(20),
            )
            for place in range(answers + 1)
        ]
        title = f"{sentence(rng)} {number}"
        wanted = rng.sample(tags, min(len(tags), rng.randint(1, 5)))
        yield Thread(rng.choice(places), Kind.QUESTION, title, wanted, drafts)


def text(rng: Random) -> str:
    paragraphs = [" ".join(sentence(rng) + "." for _ in range(4)) for _ in range(rng.randint(1, 3))]
    return "\n\n".join([f"**{sentence(rng)}**", *paragraphs, f"- {word(rng)}\n- `{word(rng)}()`"])


def sentence(rng: Random) -> str:
    return " ".join(word(rng) for _ in range(rng.randint(5, 10))).capitalize()


def word(rng: Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4)))


if __name__ == "__main__":
    main()
