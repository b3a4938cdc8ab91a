"""What reading marks cost while 200 people read, and how many the site can take.

DATA_DIR=FOLDER python tests/load/marks.py [--port 18912] [--seconds 30] [--people 200]

The folder is one that unread.py filled; `manage.py serve` runs on it. First everybody opens a topic
and tells after five seconds that it was read, again and again. Then eight connections tell without
a pause. Each mark is the first in its topic, so a row is made: that is the dearest kind.
"""

import argparse
import http.client
import os
import re
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.load.project import children_of, percentile, running, say, set_up_django

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE_SECONDS = 5.0
CONNECTIONS = 8


@dataclass
class Readers:
    """Sessions, a token for their forms, and topics that none of them has opened."""

    port: int
    cookies: Sequence[str]
    targets: "Iterator[str]"
    csrf: str = ""
    token: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)
    times: list[float] = field(default_factory=list)
    refused: int = 0

    def take_token(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/spaces", headers={"Cookie": self.cookies[0]})
        answer = connection.getresponse()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
        if found is None:
            raise RuntimeError(f"No form on the page of spaces: {answer.status}")
        self.token, self.csrf = found[1], (answer.getheader("Set-Cookie") or "").partition(";")[0]

    def read(self, cookies: Sequence[str], end_at: float, pause: float, delay: float) -> None:
        """Tell marks as the people of cookies in turn, until end_at."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        time.sleep(delay)
        for cookie in cycle(cookies):
            if time.monotonic() >= end_at:
                break
            self._tell(connection, cookie)
            time.sleep(pause)

    def _tell(self, connection: http.client.HTTPConnection, cookie: str) -> None:
        with self.lock:
            target = next(self.targets)
        body = urlencode({"number": 1, "csrfmiddlewaretoken": self.token})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{cookie}; {self.csrf}",
        }
        started = time.perf_counter()
        connection.request("POST", target, body, headers)
        answer = connection.getresponse()
        answer.read()
        with self.lock:
            self.times.append((time.perf_counter() - started) * 1000)
            self.refused += answer.status != 204


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, default=18912)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--people", type=int, default=200)
    options = parser.parse_args()
    set_up_django()
    from django.conf import settings

    cookies, targets = sessions_and_targets(options.people)
    with running("serve", port=options.port, data=settings.DATA_DIR) as supervisor:
        web = children_of(supervisor)["web"]
        readers = Readers(options.port, cookies, targets)
        readers.take_token()
        paced = [[cookie] for cookie in cookies]
        measure("paced", readers, web, paced, PAUSE_SECONDS, options.seconds)
        shares = [cookies[start::CONNECTIONS] for start in range(CONNECTIONS)]
        measure("without a pause", readers, web, shares, 0, options.seconds)


def sessions_and_targets(count: int) -> "tuple[list[str], Iterator[str]]":
    from community.accounts.models import User
    from discussions.topics.models import Topic
    from tests.load import bulk

    stem = f"marks{int(time.time())}"
    people: list[User] = bulk.make_people([f"{stem}-{number}" for number in range(count)])
    ids = Topic.objects.order_by("pk").values_list("public_id", flat=True)
    return bulk.sign_in(people), cycle([f"/topics/{one}/reading" for one in ids])


def measure(
    name: str,
    readers: Readers,
    web: int,
    shares: Sequence[Sequence[str]],
    pause: float,
    seconds: float,
) -> None:
    """Run a thread for each share of the people; say rate, latency, and CPU of the web process."""
    readers.times, readers.refused = [], 0
    used, started = cpu_seconds(web), time.monotonic()
    threads = [
        threading.Thread(
            target=readers.read,
            args=(share, started + seconds, pause, pause * place / len(shares)),
        )
        for place, share in enumerate(shares)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, told = time.monotonic() - started, len(readers.times)
    cpu = (cpu_seconds(web) - used) / told * 1000
    p50, p95 = (percentile(readers.times, share) for share in (0.5, 0.95))
    say(
        f"{name}: {told} marks, {told / took:.1f} a second, p50 {p50:.1f} ms, p95 {p95:.1f} ms, "
        f"{cpu:.1f} CPU ms a mark, {readers.refused} refused"
    )


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
