import hashlib
import logging
import re
from collections.abc import Callable
from xml.etree.ElementTree import tostring

import bleach
import html5lib
import nh3
from django.utils.translation import gettext as _

from community.text.errors import TextRefused
from community.text.pictures import SIZES, SRCSET
from community.text.urls import OTHER_SITE_REL, is_allowed, is_own_file

logger = logging.getLogger(__name__)

Check = Callable[[str], bool]


def _one_of(*values: str) -> Check:
    return frozenset(values).__contains__


def _matches(pattern: str) -> Check:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def _anything(value: str) -> bool:
    return True


_DIRECTION: dict[str, Check] = {"dir": _one_of("auto", "ltr")}
_FOOTNOTE_ID = _matches(r"fn(ref)?-[0-9a-f]{8}-\d+(:\d+)?")
_CELL: dict[str, Check] = _DIRECTION | {
    "class": _one_of("align-left", "align-center", "align-right")
}

ALLOWED: dict[str, dict[str, Check]] = {
    "a": {
        "href": is_allowed,
        "rel": _one_of(OTHER_SITE_REL),
        "class": _one_of("mention", "tag", "topic", "footnote-backref"),
        "id": _FOOTNOTE_ID,
        "title": _anything,
        "aria-label": _anything,
    },
    "blockquote": _DIRECTION,
    "br": {},
    "code": {"class": _matches(r"language-[\w+#.-]+")},
    "details": _DIRECTION | {"class": _one_of("spoiler")},
    "div": {"class": _one_of("math", "table-scroll"), "tabindex": _one_of("0")},
    "em": {},
    **{f"h{level}": _DIRECTION for level in range(2, 7)},
    "hr": {"class": _one_of("footnotes-sep")},
    "img": {
        "src": is_own_file,
        "srcset": _matches(SRCSET),
        "sizes": _one_of(SIZES),
        "width": _matches(r"\d{1,5}"),
        "height": _matches(r"\d{1,5}"),
        "alt": _anything,
        "title": _anything,
        "loading": _one_of("lazy"),
    },
    "input": {
        "type": _one_of("checkbox"),
        "disabled": _one_of(""),
        "checked": _one_of(""),
    },
    "kbd": {},
    "label": {},
    "li": _DIRECTION | {"class": _one_of("task-list-item", "footnote-item"), "id": _FOOTNOTE_ID},
    "ol": _DIRECTION
    | {"class": _one_of("footnotes-list", "task-list"), "start": _matches(r"\d{1,9}")},
    "p": _DIRECTION,
    "pre": _DIRECTION | {"tabindex": _one_of("0")},
    "s": {},
    "section": {"class": _one_of("footnotes")},
    "span": {"class": _one_of("math")},
    "strong": {},
    "sub": {},
    "summary": {},
    "sup": {"class": _one_of("footnote-ref")},
    "table": {},
    "tbody": {},
    "td": _CELL,
    "th": _CELL,
    "thead": {},
    "tr": {},
    "ul": _DIRECTION | {"class": _one_of("task-list")},
}
"""The only allow-list: tag to attribute to a check of its value."""

_SCHEMES = {"http", "https", "mailto"}


def _is_allowed_attribute(tag: str, name: str, value: str) -> bool:
    check = ALLOWED.get(tag, {}).get(name)
    return check is not None and check(value)


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    return value if _is_allowed_attribute(tag, name, value) else None


_BLEACH = bleach.Cleaner(
    tags=ALLOWED.keys(), attributes=_is_allowed_attribute, protocols=_SCHEMES, strip=True
)
_NH3 = nh3.Cleaner(
    tags=set(ALLOWED),
    attributes={tag: set(checks) for tag, checks in ALLOWED.items()},
    attribute_filter=_keep_attribute,
    clean_content_tags=set(),
    link_rel=None,
    url_schemes=_SCHEMES,
)


def sanitize(html: str) -> str:
    """nh3(bleach(html)) over one allow-list.

    The two read HTML with different parsers. Raises TextRefused if nh3 still changes what bleach
    let through, since one of them must then have misread it.
    """
    by_bleach = _BLEACH.clean(html)
    by_both = _NH3.clean(by_bleach)
    if not _agree(by_bleach, by_both):
        digest = hashlib.sha256(html.encode()).hexdigest()
        logger.error("Sanitisers disagree on a text of %d characters, sha256 %s", len(html), digest)
        raise TextRefused(
            _(
                "Our two safety checks read this text differently, so it was not accepted. "
                "Put unusual markup into a code block."
            )
        )
    return by_both


def _agree(one: str, other: str) -> bool:
    """Whether both parse to the same tree; equal spelling, the normal case, spares the parsing."""
    return _spelled_alike(one) == _spelled_alike(other) or _tree(one) == _tree(other)


def _spelled_alike(html: str) -> str:
    """html with the two spellings in which bleach and nh3 differ for the same tree made one."""
    return (
        html.replace("\xa0", "&nbsp;")
        .replace(' disabled=""', " disabled")
        .replace(' checked=""', " checked")
    )


def _tree(html: str) -> bytes:
    return tostring(html5lib.parseFragment(html, namespaceHTMLElements=False))
