"""Time of unread counts and lists in a site of 1,000 spaces and 100,000 topics.

DATA_DIR=FOLDER python tests/load/unread.py [--spaces 1000] [--topics 100000]

Fills an empty site at the first run. Four readers: who read nothing of the last year, who reads
nearly everything, the same with one old topic unread in each space, and a member of all spaces.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.load.project import say, set_up_django

if TYPE_CHECKING:
    from community.accounts.models import User
    from community.spaces.models import Space
    from discussions.topics.models import Post, Topic

BATCH = 2_000
JOINED = 30
YEAR = timedelta(days=365)
RUNS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--spaces", type=int, default=1_000)
    parser.add_argument("--topics", type=int, default=100_000)
    options = parser.parse_args()
    set_up_django()
    from django.core.management import call_command

    from community.accounts.models import User
    from discussions.reading.watermarks import advance_watermarks

    call_command("prepare")
    if not User.objects.exists():
        fill(options.spaces, options.topics)
    people = list(User.objects.filter(handle__startswith="reader").order_by("pk"))
    for person in people:
        measure(person)
    started = time.process_time()
    looked_at = advance_watermarks()
    say(f"{looked_at} watermarks advanced in {time.process_time() - started:.1f} s of CPU")
    for person in people:
        measure(person)


def fill(spaces: int, topics: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from tests.load import bulk

    now = timezone.now()
    names = [
        "writer",
        "reader-of-nothing",
        "reader-of-most",
        "reader-with-old",
        "reader-everywhere",
    ]
    writer, nothing, most, old, everywhere = bulk.make_people(names)
    places = bulk.make_spaces([(f"Space {number}", "") for number in range(spaces)])
    store(writer, places, topics, now)
    for person, joined in ((nothing, JOINED), (most, JOINED), (old, JOINED), (everywhere, spaces)):
        join(person, places[:joined], now - YEAR)
    read(most, places[:JOINED], leave=lambda place: place % 50 == 0 and place < 200)
    read(old, places[:JOINED], leave=lambda place: place == 0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def store(writer: "User", places: "list[Space]", count: int, now: datetime) -> None:
    """Topics of one post; every third is in one of the thirty spaces that readers belong to."""
    from discussions.topics.models import Kind, Post, Topic

    rng = Random(5)  # the same places and times every time
    for start in range(0, count, BATCH):
        topics = Topic.objects.bulk_create(
            Topic(
                space=rng.choice(places[:JOINED] if number % 3 == 0 else places),
                kind=Kind.QUESTION if number % 2 else Kind.DISCUSSION,
                title=f"Topic {number}",
                author=writer,
                byline=writer.name,
                created_at=(at := now - YEAR * rng.random()),
                active_at=at,
                highest_number=1,
            )
            for number in range(start, min(count, start + BATCH))
        )
        Post.objects.bulk_create(posts(topics, writer))
    say(f"{count:,} topics")


def posts(topics: "list[Topic]", writer: "User") -> "Iterator[Post]":
    from discussions.topics.models import Post

    for topic in topics:
        yield Post(
            topic=topic,
            number=1,
            kind=Post.Kind.OPENING,
            author=writer,
            byline=writer.name,
            source="Text",
            html="<p>Text</p>",
            created_at=topic.created_at,
        )


def join(person: "User", places: "list[Space]", at: datetime) -> None:
    from community.spaces.models import Membership

    Membership.objects.bulk_create(
        Membership(space=space, person=person, joined_at=at) for space in places
    )


def read(person: "User", places: "list[Space]", *, leave: Callable[[int], bool]) -> None:
    """Everything in places, but for the topics at the places (0 is the oldest) that leave names."""
    from discussions.reading.models import TopicReading
    from discussions.topics.models import Topic

    for space in places:
        topics = Topic.objects.filter(space=space).order_by("active_at")
        TopicReading.objects.bulk_create(
            TopicReading(person=person, topic=topic, highest_number=1)
            for place, topic in enumerate(topics)
            if not leave(place)
        )


def measure(person: "User") -> None:
    from discussions.reading.queries import my_spaces_with_unread, only_unread
    from discussions.topics.models import Topic

    def counts(limit: int) -> list[int]:
        return list(my_spaces_with_unread(person).values_list("unread", flat=True)[:limit])

    def page() -> object:
        topics = only_unread(Topic.objects.visible_to(person), person)
        return list(topics.order_by("-active_at", "-id")[:26])

    shell, whole, listed = clock(lambda: counts(30)), clock(lambda: counts(2000)), clock(page)
    found = counts(2000)
    say(
        f"{person.handle:20}{len(found):6} spaces, unread {sum(found):6,}: "
        f"shell {shell:.1f} ms, all spaces {whole:.1f} ms, unread list {listed:.1f} ms"
    )


def clock(work: Callable[[], object]) -> float:
    """The median of several runs, in milliseconds of this process's CPU."""
    work()
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1000)
    return median(times)


if __name__ == "__main__":
    main()
