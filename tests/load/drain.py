"""How long posting takes while nothing else happens, and while the worker drains 20,000 events.

python tests/load/drain.py --paths paths.json [--port 18910] [--events 20000] [--rounds 3]

DATA_DIR is a site that seed.py filled; `manage.py serve` runs on it with all its processes. A round
measures replies one after the other for some seconds, stops the worker, records the events (votes
on its posts, heard by the handler that counts contributions), lets the worker go on, and measures
replies until it has read them all.
"""

import argparse
import http.client
import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from itertools import count, cycle
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.load.project import children_of, percentile, running, say, set_up_django

PAUSE_SECONDS = 0.02
BATCH = 500
# The replies of the measurement are events as well.
SLACK = 200
SECONDS_TO_SETTLE = 1.0


class Writer:
    """People who reply in turn over one kept connection, with the seed's ready sessions."""

    def __init__(self, port: int, paths: dict[str, list[str]]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.targets = cycle(paths["reply"])
        self.cookies = cycle(paths["cookies"])
        self.numbers = count(1)
        self.token = self.read_token(paths["cookies"][0])

    def read_token(self, cookie: str) -> str:
        self.connection.request("GET", "/", headers={"Cookie": cookie})
        answer = self.connection.getresponse()
        page = answer.read().decode()
        self.csrf = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if found is None:
            raise RuntimeError(f"No form on the first page: {answer.status}")
        return found[1]

    def reply(self) -> float:
        """Post one reply; return the milliseconds until it is answered."""
        number = next(self.numbers)
        body = urlencode(
            {
                "source": f"Reply number {number}, with some words in it.",
                "csrfmiddlewaretoken": self.token,
                "key": f"drain-{os.getpid()}-{number}",
            }
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{next(self.cookies)}; {self.csrf}",
        }
        started = time.perf_counter()
        self.connection.request("POST", next(self.targets), body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 303:
            raise RuntimeError(f"A reply was answered {answer.status}: {text[:300]!r}")
        return (time.perf_counter() - started) * 1000

    def reply_while(self, wanted: Callable[[], bool]) -> list[float]:
        times = []
        while wanted():
            times.append(self.reply())
            time.sleep(PAUSE_SECONDS)
        return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--paths", type=Path, required=True)
    parser.add_argument("--port", type=int, default=18910)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quiet-seconds", type=float, default=15.0)
    parser.add_argument("--longest-seconds", type=float, default=300.0)
    options = parser.parse_args()
    set_up_django()
    from django.conf import settings
    from django.core.management import call_command

    call_command("prepare")
    with running("serve", port=options.port, data=settings.DATA_DIR) as supervisor:
        writer = Writer(options.port, json.loads(options.paths.read_text()))
        worker = children_of(supervisor)["worker"]
        writer.reply_while(until(time.monotonic() + 3))
        rounds = [one_round(writer, worker, options) for _ in range(options.rounds)]
    show("quiet", [time for quiet, _ in rounds for time in quiet])
    show("draining", [time for _, draining in rounds for time in draining])


def one_round(
    writer: Writer, worker: int, options: argparse.Namespace
) -> tuple[list[float], list[float]]:
    wait_for_worker()
    quiet = writer.reply_while(until(time.monotonic() + options.quiet_seconds))
    wait_for_worker()
    os.kill(worker, signal.SIGSTOP)
    try:
        record_events(options.events)
    finally:
        os.kill(worker, signal.SIGCONT)
    started, behind = time.monotonic(), behind_cheaply()
    draining = writer.reply_while(
        lambda: behind() and time.monotonic() - started < options.longest_seconds
    )
    seconds = time.monotonic() - started
    say(f"{'not yet ' if behind() else ''}drained {options.events:,} events in {seconds:.1f} s")
    show("  quiet", quiet)
    show("  draining", draining)
    return quiet, draining


def until(end_at: float) -> Callable[[], bool]:
    return lambda: time.monotonic() < end_at


def behind_cheaply() -> Callable[[], bool]:
    """Whether the worker has more to read, looked up twice a second."""
    from community.outbox.cursors import handlers
    from community.outbox.models import Cursor
    from community.outbox.reading import head

    # Cursors of handlers that are gone stay where they are.
    cursors = Cursor.objects.filter(handler__in=handlers()).order_by("event_id")
    goal, state = head().event_id, {"asked_at": 0.0, "behind": True}

    def is_behind() -> bool:
        if time.monotonic() - state["asked_at"] > 0.5:
            read = cursors.values_list("event_id", flat=True)[:1]
            state.update(asked_at=time.monotonic(), behind=goal - (read.first() or 0) > SLACK)
        return bool(state["behind"])

    return is_behind


def wait_for_worker() -> None:
    """Until it is idle: stopped inside a transaction it would keep SQLite's lock."""
    from community.outbox.cursors import behind

    while behind():
        time.sleep(0.1)
    time.sleep(SECONDS_TO_SETTLE)


def record_events(total: int) -> None:
    """As if people had voted on total posts; the votes themselves are left out."""
    from community.outbox.recording import action, record
    from discussions.events import VOTE_CAST
    from discussions.topics.models import Post

    posts = list(
        Post.objects.filter(author__isnull=False)
        .select_related("topic", "author")
        .defer("source", "html")
        .order_by("pk")[:total]
    )

    @action
    def record_some(some: list[Post]) -> None:
        for post in some:
            record(VOTE_CAST, actor=None, obj=post, subject=post.author, topic=post.topic, value=1)

    for start in range(0, len(posts), BATCH):
        record_some(posts[start : start + BATCH])


def show(name: str, times: list[float]) -> None:
    p50, p95, p99 = (percentile(times, share) for share in (0.5, 0.95, 0.99))
    say(
        f"{name:12} {len(times):5} replies  p50 {p50:6.1f}  p95 {p95:6.1f}  p99 {p99:6.1f}"
        f"  max {max(times):6.1f} ms  mean of middle {median(times):.1f}"
    )


if __name__ == "__main__":
    main()
