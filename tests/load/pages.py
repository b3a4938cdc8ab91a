"""Time and queries of the pages of a site, in this process, as one of its members.

DATA_DIR=FOLDER python tests/load/pages.py [--requests 20] [--json FILE]

Django's test client with the real middleware; medians of several requests after two warm ones.
The member is the first person with a session who belongs to spaces.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.load.project import say, set_up_django

if TYPE_CHECKING:
    from django.test import Client

    from community.accounts.models import User


@dataclass(frozen=True)
class Figures:
    page: str
    url: str
    queries: int
    wall_ms: float
    cpu_ms: float
    html_kib: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    set_up_django()
    from django.test import Client

    viewer = a_member()
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=True)
    client.force_login(viewer)
    found = [measure(client, name, url, options.requests) for name, url in pages(viewer).items()]
    say(f"{'page':24}{'queries':>8}{'ms':>9}{'CPU ms':>9}{'KiB':>8}")
    for row in found:
        say(f"{row.page:24}{row.queries:8}{row.wall_ms:9.1f}{row.cpu_ms:9.1f}{row.html_kib:8.1f}")
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in found], indent=1))


def a_member() -> "User":
    """An active person with places of their own and no duties."""
    from community.accounts.models import User
    from community.roles.models import Grant

    somebody = User.objects.filter(is_active=True, memberships__isnull=False)
    granted = Grant.objects.filter(person__isnull=False).values("person")
    found: User = somebody.exclude(pk__in=granted).order_by("pk").distinct()[0]
    return found


def pages(viewer: "User") -> dict[str, str]:
    """Addresses by page; the topics are the one with most posts, and one without any answer."""
    from community.spaces.models import Space
    from discussions.topics.models import Topic

    space = Space.objects.visible_to(viewer).order_by("-topic_count")[0]
    seen = Topic.objects.visible_to(viewer)
    longest = seen.order_by("-highest_number")[0]
    shortest = seen.order_by("highest_number", "-pk")[0]
    tag = longest.tags.all()[0]
    return {
        "Today": "/",
        "questions, active": "/questions",
        "questions, newest": "/questions?order=newest",
        "questions, popular": "/questions?order=popular",
        "questions, unanswered": "/questions?order=unanswered",
        "discussions": "/discussions",
        "space": space.get_absolute_url(),
        "topic, longest": longest.get_absolute_url(),
        "topic, shortest": shortest.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "tags": "/tags",
        "spaces": "/spaces",
        "people": "/people",
        "profile": viewer.get_absolute_url(),
    }


def measure(client: "Client", name: str, url: str, requests: int) -> Figures:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def get() -> bytes:
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
        return response.content

    html = get()
    with CaptureQueriesContext(connection) as captured:
        get()
    queries = len(captured)
    walls, cpus = zip(*(clocked(get) for _ in range(requests)), strict=True)
    return Figures(name, url, queries, median(walls), median(cpus), len(html) / 1024)


def clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of wall clock and of this process's CPU that work takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


if __name__ == "__main__":
    main()
