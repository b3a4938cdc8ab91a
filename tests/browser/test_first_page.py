"""What the first page weighs, with the files that `manage.py serve` has compressed beforehand."""

import gzip
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from community.accounts.models import User
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing
from tests.factories.discussions import make_answer, make_comment
from tests.services import process_environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]

MANAGE = str(Path(__file__).parents[2] / "manage.py")
PAGE_BYTES, SCRIPT_BYTES, REQUESTS, SHIFT = 100_000, 45_000, 12, 0.02
TEXT = {"text/html", "text/css", "text/javascript", "image/svg+xml"}
WATCH_SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.hadRecentInput ? 0 : entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The address of a real web process on this test's database."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        environment = process_environment() | {"SITE_URL": address}
        subprocess.run([sys.executable, MANAGE, "prepare"], env=environment, check=True)
        fd = listener.fileno()
        command = [sys.executable, MANAGE, "serve", "--web", "--listener-fd", str(fd)]
        server = subprocess.Popen(command, env=environment, pass_fds=[fd])
    yield address
    server.terminate()
    assert server.wait(timeout=20) == 0


def test_first_page_keeps_its_budget(
    browser: "Browser", site: str, question: Topic, ada: User, ben: User
) -> None:
    for number in range(20):
        answer = make_answer(question, by=ben, source=f"Answer {number}. " + "Do it again. " * 20)
        make_comment(answer, by=ada)
    browsing = Browsing(browser, site)
    for path in ("/", question.get_absolute_url()):
        page = browsing.open(ada)
        page.add_init_script(WATCH_SHIFTS)
        weights = weigh(page, path)
        assert page.evaluate("window.shifted") <= SHIFT
        assert len(weights) <= REQUESTS, weights
        assert sum(weights.values()) <= PAGE_BYTES, weights
        scripts = [size for address, size in weights.items() if address.endswith(".js")]
        assert 0 < sum(scripts) <= SCRIPT_BYTES, weights
    browsing.close()
    assert browsing.complaints == []


def weigh(page: "Page", path: str) -> dict[str, int]:
    """Bytes of each address that the page loads, with gzip."""
    asked: list[str] = []

    def note(request: "Request") -> None:
        # What was read is told by POST five seconds later, which is no part of the page.
        if request.method == "GET":
            asked.append(request.url)

    page.on("request", note)
    page.goto(path, wait_until="networkidle")
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    return {address: size_of(address, cookies) for address in asked}


def size_of(address: str, cookies: str) -> int:
    """As it comes; what the server doesn't compress, such as the page, as a proxy would send it."""
    headers = {"Accept-Encoding": "gzip", "Cookie": cookies}
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        body = answer.read()
        kind = answer.headers["Content-Type"].partition(";")[0]
        compressed = "Content-Encoding" in answer.headers or kind not in TEXT
    return len(body if compressed else gzip.compress(body, 6))
