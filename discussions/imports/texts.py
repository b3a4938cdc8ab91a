"""Texts of another site: HTML and Markdown to what a post stores."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from community.text.convert import html_to_markdown
from community.text.errors import TextRefused
from community.text.markdown import render
from community.text.spoilers import spoilers_plugin

_TAG_NAMES = re.compile(r"[^<>|\s]+")
_MIXED = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# As html_to_markdown knows it.
_MIXED.use(spoilers_plugin)
_MIXED.add_render_rule("spoiler_open", lambda *_: '<blockquote class="spoiler">')
_MIXED.add_render_rule("spoiler_close", lambda *_: "</blockquote>")


@dataclass(frozen=True)
class Text:
    """If rendering refused, html shows the source as it was typed."""

    html: str
    excerpt: str
    refused: bool = False


def render_text(source: str) -> Text:
    """Render source without references: an @name in it is somebody of the other site."""
    try:
        rendered = render(source)
    except (TextRefused, RecursionError):
        html = f'<pre dir="ltr" tabindex="0"><code>{escape(source, quote=False)}</code></pre>'
        excerpt = shortened(" ".join(source[:1_000].split()), 200)
        return Text(html, excerpt, refused=True)
    return Text(rendered.html, rendered.excerpt)


def from_html(html: str) -> str:
    """Markdown for html; where nesting is too deep for that, only the words."""
    try:
        return html_to_markdown(html)
    except (TextRefused, RecursionError):
        return plain_text(html)


def from_markdown(source: str) -> str:
    """source with plain line ends; spaces before its first line stay, since they make it code."""
    return source.replace("\r\n", "\n").strip("\n").rstrip()


def from_mixed(source: str) -> str:
    """Markdown for the Markdown of a question or answer, in which those sites allow HTML.

    Comments can't hold any: there <b> is text.
    """
    source = from_markdown(source)
    try:
        tokens = _MIXED.parse(source)
        if not _has_html(tokens):
            return source
        return from_html(_MIXED.renderer.render(tokens, _MIXED.options, {}))
    except RecursionError:
        return source


def _has_html(tokens: Sequence[Token]) -> bool:
    return any(
        token.type in {"html_block", "html_inline"} or _has_html(token.children or ())
        for token in tokens
    )


def plain_text(html: str) -> str:
    """The words of html in one line."""
    # A space, so that the last word of a paragraph doesn't run into the next one.
    apart = html.replace("<", " <")
    return " ".join(unescape(nh3.clean(apart, tags=set())).split())


def shortened(text: str, length: int) -> str:
    """text in at most length characters, cut at a word, with an ellipsis where it was cut."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:.") + "…"


def tag_names(written: str | None) -> list[str]:
    """The lower-case names in "<one><two>" or "|one|two|", each once and in that order."""
    return list(dict.fromkeys(name.lower() for name in _TAG_NAMES.findall(written or "")))
