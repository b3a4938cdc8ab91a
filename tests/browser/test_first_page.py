"""What the first page weighs, with the files that `manage.py serve` has compressed beforehand."""

import gzip
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from community.accounts.models import User
from discussions.topics.models import Topic
from tests.browser.browsing import Browsing
from tests.browser.serving import served
from tests.factories.discussions import make_answer, make_comment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]

PAGE_BYTES, SCRIPT_BYTES, REQUESTS, SHIFT = 100_000, 45_000, 12, 0.02
TEXT = {"text/html", "text/css", "text/javascript", "image/svg+xml"}
WATCH_SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.hadRecentInput ? 0 : entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    with served(prepared=True) as address:
        yield address


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
