"""A page of tests/frontend/site.py in a real browser."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.frontend.site import SITE, answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def visit(browser: "Browser") -> Iterator[Callable[[str], "Page"]]:
    context = browser.new_context()
    context.route("**/*", answer)
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))

    def go(path: str) -> "Page":
        page.goto(SITE + path, wait_until="networkidle")
        return page

    yield go
    context.close()
    assert errors == []
