import hashlib
import re
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from community.text.bare_addresses import BareAddresses
from community.text.inline_tags import inline_tags_plugin
from community.text.layout import layout_plugin
from community.text.limits import MAX_NESTING, limits_plugin, refuse_many_marks
from community.text.links import links_plugin
from community.text.references import references_plugin
from community.text.rendering import rendering_plugin
from community.text.spoilers import spoilers_plugin
from community.text.tasks import tasks_plugin

# Neither HTML nor UTF-8 has a place for these, and each sanitiser would treat them its own way.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True)
class Document:
    """Markdown after parsing; env is markdown-it's memory of the text."""

    tokens: list[Token]
    env: dict[str, Any]


def parse(source: str) -> Document:
    """Parse Markdown. Raises TextRefused for large tables, deep nesting and many marks."""
    refuse_many_marks(source)
    # Several posts share a page, so the ids of their footnotes must differ.
    env: dict[str, Any] = {
        "docId": hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()[:8]
    }
    return Document(PARSER.parse(_UNPRINTABLE.sub("\ufffd", source), env), env)


def _make_parser() -> MarkdownIt:
    # A list inside the deepest allowed block is two levels deeper, and we must see it to refuse it.
    options = {"html": False, "linkify": True, "maxNesting": MAX_NESTING + 3}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough", "linkify"])
    parser.linkify = BareAddresses()
    # It looks for addresses a second time, at each "://" through all text before it.
    parser.inline.ruler.disable("linkify")
    parser.use(limits_plugin).use(inline_tags_plugin).use(spoilers_plugin)
    parser.use(footnote_plugin)
    parser.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
    )
    parser.use(links_plugin).use(references_plugin)
    return parser.use(tasks_plugin).use(layout_plugin).use(rendering_plugin)


PARSER = _make_parser()
