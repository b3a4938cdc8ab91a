"""Markdown to safe HTML; nothing else in the product renders what people write."""

from collections.abc import Collection
from dataclasses import dataclass

from community.text.excerpt import make_excerpt
from community.text.highlight import CodeBlocks
from community.text.limits import refuse_long_html
from community.text.links import file_ids_of
from community.text.parser import PARSER, Document, parse
from community.text.pictures import Pictures
from community.text.references import References, keys_of, resolve
from community.text.rendering import REFERENCE_CLASSES
from community.text.sanitize import sanitize

RENDER_VERSION = 1
"""Stored with the HTML; raise it when the same source renders differently, then render again."""


@dataclass(frozen=True)
class Rendered:
    """HTML to store and what was found in it; only references that have a target are named."""

    html: str
    excerpt: str
    mentions: tuple[str, ...]
    tag_names: tuple[str, ...]
    topic_ids: tuple[str, ...]
    # Public ids of the files that are shown or linked, readable or not.
    file_ids: tuple[str, ...]


def render(
    source: str, *, references: References | None = None, pictures: Pictures | None = None
) -> Rendered:
    """Render source with references that are resolved already; all others stay plain text.

    Images that are none of pictures become links.

    Raises TextRefused with a sentence for the author: large tables, deep nesting, long HTML, or
    sanitisers that disagree.
    """
    return _render(parse(source), references or {}, pictures or {})


def render_post(
    source: str,
    *,
    space_id: int | None,
    kinds: Collection[str] = REFERENCE_CLASSES,
    pictures: Pictures | None = None,
) -> Rendered:
    """Render source for the readers of a space: find references, resolve them, render.

    Those of other kinds stay plain text: what is rendered once and never again must show nothing
    that may become private. One query per kind that occurs. Raises TextRefused as render does.
    """
    document = parse(source)
    keys = {kind: found for kind, found in keys_of(document.tokens).items() if kind in kinds}
    return _render(document, resolve(keys, space_id=space_id), pictures or {})


def _render(document: Document, references: References, pictures: Pictures) -> Rendered:
    code = CodeBlocks()
    env = document.env | {"references": references, "pictures": pictures, "code": code}
    html = PARSER.renderer.render(document.tokens, PARSER.options, env)
    refuse_long_html(html)
    known = {
        kind: tuple(key for key in keys if key in references.get(kind, {}))
        for kind, keys in keys_of(document.tokens).items()
    }
    return Rendered(
        html=code.splice(sanitize(html)),
        excerpt=make_excerpt(document.tokens, references),
        mentions=known.get("person", ()),
        tag_names=known.get("tag", ()),
        topic_ids=known.get("topic", ()),
        file_ids=file_ids_of(document.tokens),
    )
