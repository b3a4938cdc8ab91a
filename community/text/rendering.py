"""Render rules: how tokens that differ from markdown-it's defaults become HTML."""

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from community.text.highlight import CodeBlocks
from community.text.pictures import Picture
from community.text.references import Target, target_of
from community.text.urls import file_id

REFERENCE_CLASSES = {"person": "mention", "tag": "tag", "topic": "topic"}

_LANGUAGE = re.compile(r"[\w+#.-]+")


def rendering_plugin(parser: MarkdownIt) -> None:
    """Install the rules; they expect `references`, `pictures` and `code` (CodeBlocks)."""
    for name, rule in {
        "text": _text,
        "code_inline": _code_inline,
        "code_block": _code_block,
        "fence": _code_block,
        "image": _image,
        "reference": _reference,
        "math_inline": _math_inline,
        "math_block": _math_block,
        "table_open": _table_open,
        "table_close": _table_close,
        "spoiler_open": _spoiler_open,
        "footnote_anchor": _footnote_anchor,
    }.items():
        parser.add_render_rule(name, rule)


def _escaped(text: str) -> str:
    """Quotes stay: both sanitisers write them plainly, and equal text spares comparing trees."""
    return escape(text, quote=False)


def _text(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return _escaped(tokens[idx].content)


def _code_inline(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return f"<code>{_escaped(tokens[idx].content)}</code>"


def _code_block(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """A wide block scrolls, so the keyboard must reach it."""
    blocks: CodeBlocks = env["code"]
    named = _LANGUAGE.match(tokens[idx].info.strip())
    language = named[0].lower() if named else ""
    place = blocks.add(tokens[idx].content, language)
    attribute = f' class="language-{language}"' if language else ""
    return f'<pre dir="ltr" tabindex="0"><code{attribute}>{place}</code></pre>\n'


def _image(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """A picture that leads to its largest size; a file that can't be shown here is a link."""
    token = tokens[idx]
    description = self.renderInlineAsText(token.children, options, env)  # type: ignore[attr-defined]  # RendererHTML's own method
    url = str(token.attrs["src"])
    picture: Picture | None = env["pictures"].get(file_id(url))
    shown = picture.html(description, str(token.attrs.get("title", ""))) if picture else ""
    inside = shown or _escaped(description or url)
    if token.meta["inside_link"]:
        return inside
    return f'<a href="{escape(picture.url if picture else url)}">{inside}</a>'


def _reference(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    target: Target | None = target_of(tokens[idx], env["references"])
    if target is None:
        return _escaped(tokens[idx].content)
    kind = REFERENCE_CLASSES[tokens[idx].meta["kind"]]
    return f'<a class="{kind}" href="{escape(target.url)}">{_escaped(target.text)}</a>'


def _math_inline(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return f'<span class="math">{_escaped(tokens[idx].content.strip())}</span>'


def _math_block(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return f'<div class="math">{_escaped(tokens[idx].content.strip())}</div>\n'


def _table_open(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return '<div class="table-scroll" tabindex="0"><table>\n'


def _table_close(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return "</table></div>\n"


def _spoiler_open(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return '<details dir="auto" class="spoiler"><summary>Spoiler</summary>\n'


def _footnote_anchor(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    meta = tokens[idx].meta
    number = f"{meta['id'] + 1}" + (f":{meta['subId']}" if meta["subId"] else "")
    return (
        f' <a href="#fnref-{env["docId"]}-{number}" class="footnote-backref"'
        f' aria-label="Back to the text at {number}">\u21a9\ufe0e</a>'
    )
