"""HTML of other question-and-answer sites to Markdown that renders to the same text."""

import re
from collections import Counter
from collections.abc import Callable
from xml.etree.ElementTree import Comment, Element

import html5lib

from community.text.errors import TextRefused
from community.text.escaping import (
    code_span,
    escape_address,
    escape_line_starts,
    escape_text,
    fenced,
    percent_encoded,
)
from community.text.inline_tags import REACH
from community.text.urls import is_allowed, is_well_formed

MAX_DEPTH = 100
# Far more than any text leaves unclosed; html5lib takes a third of a second for it, and the square
# of that for more.
MAX_OPEN = 10 * MAX_DEPTH

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_CLOSE_THEMSELVES = frozenset(
    ["p", "br", "hr", "img", "input", "area", "base", "col", "embed", "link", "meta", "wbr"]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACE_RUN = re.compile(r" +")
_LANGUAGE = re.compile(r"(?:^|\s)lang(?:uage)?-([\w+#.-]+)")
# Text comes escaped, code does not; a table reads the escape in both.
_OPEN_PIPE = re.compile(r"(?<!\\)\|")
_BLOCK_NAMES = """
    p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table thead tbody tr dl dt dd section article
    center aside figure
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_DROPPED: frozenset[object] = frozenset({Comment, "script", "style", "head", "title", "template"})
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "del": "~~", "s": "~~", "strike": "~~"}


def html_to_markdown(html: str) -> str:
    """The Markdown source for html, a fragment such as the body of a Stack Exchange post.

    Keeps paragraphs, headings, lists, quotes, spoilers, code with its language, tables, links,
    emphasis, <kbd>, <sup> and <sub>. Images become links when rendered unless they are ours. What
    looks like Markdown or like a reference in the text is escaped; other markup leaves its text.
    Raises TextRefused for elements nested more than MAX_DEPTH deep.
    """
    _refuse_many_open(html)
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    _refuse_deep(tree)
    return "\n\n".join(_blocks(tree))


def _refuse_many_open(html: str) -> None:
    """A rough bound of the depth, before parsing: elements that are opened and not yet closed."""
    still_open: Counter[str] = Counter()
    total = 0
    for closing, name in _TAG.findall(html):
        tag = name.lower()
        if closing and still_open[tag]:
            still_open[tag] -= 1
            total -= 1
        elif not closing and tag not in _CLOSE_THEMSELVES:
            still_open[tag] += 1
            total += 1
        if total > MAX_OPEN:
            raise TextRefused(_too_deep())


def _too_deep() -> str:
    return f"Elements can be nested {MAX_DEPTH} levels deep."


def _refuse_deep(tree: Element) -> None:
    level, depth = list(tree), 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise TextRefused(_too_deep())
        level = [child for element in level for child in element]


def _blocks(parent: Element) -> list[str]:
    """The blocks inside parent; text and inline elements between them make paragraphs."""
    blocks: list[str] = []
    run = _text(parent.text)
    for child in parent:
        if child.tag in _BLOCKS:
            blocks += [_paragraph(run), *_block(child)]
            run = ""
        else:
            run += _inline(child)
        run += _text(child.tail)
    return [block for block in [*blocks, _paragraph(run)] if block]


def _paragraph(run: str) -> str:
    lines = [line.strip(" ") for line in _SPACE_RUN.sub(" ", run).split("\n")]
    return escape_line_starts("\\\n".join(_without_empty_ends(lines)))


def _without_empty_ends(lines: list[str]) -> list[str]:
    """A line break at the end of a paragraph would be a backslash to see."""
    full = [number for number, line in enumerate(lines) if line]
    return lines[full[0] : full[-1] + 1] if full else []


def _block(element: Element) -> list[str]:
    special: Callable[[Element], list[str]] | None = _SPECIAL_BLOCKS.get(element.tag)
    return special(element) if special else _blocks(element)


def _heading(element: Element) -> list[str]:
    text = _paragraph(_inside(element)).replace("\\\n", " ")
    return [f"{'#' * int(element.tag[1])} {text}"] if text else []


def _code_block(element: Element) -> list[str]:
    code = element.find("code")
    classes = f"{element.get('class', '')} {code.get('class', '') if code is not None else ''}"
    language = _LANGUAGE.search(classes)
    named = language[1] if language and language[1] != "none" else ""
    return [fenced("".join(element.itertext()), named)]


def _quote(element: Element) -> list[str]:
    is_spoiler = "spoiler" in element.get("class", "").split()
    mark = ">! " if is_spoiler else "> "
    blocks = _blocks(element)
    lines = "\n\n".join(blocks).split("\n")
    return ["\n".join(f"{mark}{line}" if line else ">" for line in lines)] if blocks else []


def _list(element: Element) -> list[str]:
    items = [child for child in element if child.tag == "li"]
    start = element.get("start", "1")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
    written = []
    for offset, item in enumerate(items):
        mark = f"{number + offset}. " if element.tag == "ol" else "- "
        written.append(_item(mark, item))
    return ["\n".join(written)] if written else []


def _item(mark: str, item: Element) -> str:
    body = "\n\n".join(_blocks(item))
    indent = " " * len(mark)
    lines = body.split("\n")
    rest = [f"{indent}{line}" if line else "" for line in lines[1:]]
    return "\n".join([f"{mark}{lines[0]}".rstrip(), *rest])


def _rule(element: Element) -> list[str]:
    return ["---"]


def _table(element: Element) -> list[str]:
    """A Markdown table has one header row and no blocks in its cells."""
    rows = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    width = max(map(len, rows), default=0)
    if not width:
        return []
    full = [row + [""] * (width - len(row)) for row in rows]
    lines = [full[0], ["---"] * width, *full[1:]]
    return ["\n".join(f"| {' | '.join(line)} |" for line in lines)]


def _cell(element: Element) -> str:
    text = " ".join(_blocks(element)).replace("\\\n", " ").replace("\n", " ")
    return _OPEN_PIPE.sub(r"\\|", text)


_SPECIAL_BLOCKS: dict[str, Callable[[Element], list[str]]] = {
    **{f"h{level}": _heading for level in range(1, 7)},
    "pre": _code_block,
    "blockquote": _quote,
    "ul": _list,
    "ol": _list,
    "hr": _rule,
    "table": _table,
}


def _inside(element: Element) -> str:
    parts = [_text(element.text)]
    for child in element:
        parts += [_inline(child), _text(child.tail)]
    return "".join(parts)


def _inline(element: Element) -> str:
    if element.tag in _DROPPED:
        return ""
    if element.tag in _MARKS:
        return _marked(_MARKS[element.tag], _inside(element))
    special = _SPECIAL_INLINE.get(element.tag)
    return special(element) if special else _inside(element)


def _marked(mark: str, inside: str) -> str:
    """inside between marks; spaces go outside, since a mark beside a space is no mark."""
    text = inside.strip(" \n")
    if not text:
        return inside
    before, after = (
        inside[: len(inside) - len(inside.lstrip(" \n"))],
        inside[len(inside.rstrip(" \n")) :],
    )
    return f"{before}{mark}{text}{mark}{after}"


def _link(element: Element) -> str:
    """Links that the renderer refuses leave their text."""
    address = _address(element.get("href", ""))
    label = _inside(element).strip(" \n").replace("\n", " ")
    return f"[{label}]({address})" if address and label else label


def _image(element: Element) -> str:
    address = _address(element.get("src", ""))
    description = escape_text(element.get("alt", ""))
    return f"![{description}]({address})" if address else description


def _address(url: str) -> str:
    """url as it stands in Markdown; "" if the renderer would refuse it."""
    encoded = percent_encoded(f"https:{url}" if url.startswith("//") else url)
    return escape_address(encoded) if is_allowed(encoded) and is_well_formed(encoded) else ""


def _tag(element: Element) -> str:
    inside = _inside(element).replace("\n", " ")
    if not inside.strip() or len(inside) >= REACH or f"</{element.tag}>" in inside:
        return inside
    return f"<{element.tag}>{inside}</{element.tag}>"


def _code(element: Element) -> str:
    return code_span(_SPACE.sub(" ", "".join(element.itertext())))


def _break(element: Element) -> str:
    return "\n"


_SPECIAL_INLINE: dict[str, Callable[[Element], str]] = {
    "a": _link,
    "img": _image,
    "code": _code,
    "kbd": _tag,
    "sup": _tag,
    "sub": _tag,
    "br": _break,
}


def _text(text: str | None) -> str:
    return escape_text(_SPACE.sub(" ", text)) if text else ""
