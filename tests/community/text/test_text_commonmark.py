import json
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

EXAMPLES = json.loads(Path(__file__).with_name("commonmark-0.31.2.json").read_text())

# Where raw HTML is meant to become an element; without raw HTML it stays text.
DIFFERENT_WITHOUT_RAW_HTML = {
    *(21, 31, *range(148, 192), 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536),
    *(613, 614, 615, 616, 617, 623, *range(625, 632), 642, 643),
}


def normal(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", html)).strip()


def differing(*, raw_html: bool) -> set[int]:
    parser = MarkdownIt("commonmark", {"html": raw_html})
    return {
        example["example"]
        for example in EXAMPLES
        if normal(parser.render(example["markdown"])) != normal(example["html"])
    }


def test_commonmark_has_652_examples() -> None:
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))


@pytest.mark.parametrize(
    ("raw_html", "expected"), [(True, set()), (False, DIFFERENT_WITHOUT_RAW_HTML)]
)
def test_commonmark_differs_only_where_raw_html_is_off(raw_html: bool, expected: set[int]) -> None:
    assert differing(raw_html=raw_html) == expected
