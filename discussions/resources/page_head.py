"""What a page says of itself in its head."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from community.text.names import clean_name

CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
TITLES = ("og:title", "twitter:title", "title")
DESCRIPTIONS = ("og:description", "twitter:description", "description")
ADDRESSES = ("canonical", "og:url")
PICTURES = ("og:image:secure_url", "og:image", "twitter:image")


@dataclass(frozen=True)
class PageHead:
    """Empty texts where the page doesn't say; picture and address are whole addresses."""

    title: str = ""
    description: str = ""
    picture: str = ""
    # What the page says its own is.
    address: str = ""


def read_head(body: bytes, *, url: str, content_type: str) -> PageHead:
    """Read the title, description, picture and own address of the HTML page at url."""
    reader = _Reader()
    reader.feed(_text(body, content_type))
    picture, address = reader.first(PICTURES), reader.first(ADDRESSES)
    return PageHead(
        title=clean_name(reader.first(TITLES))[:300],
        description=clean_name(reader.first(DESCRIPTIONS))[:500],
        picture=_joined(url, picture) if picture else "",
        address=_joined(url, address) if address else "",
    )


def _text(body: bytes, content_type: str) -> str:
    """A page that doesn't say how it is written is UTF-8, as nearly all are."""
    named = CHARSET.search(content_type.encode(errors="replace")) or CHARSET.search(body[:1024])
    try:
        return body.decode(named[1].decode("ascii") if named else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _joined(url: str, picture: str) -> str:
    try:
        return urljoin(url, picture)
    except ValueError:
        return ""


@dataclass
class _Reader(HTMLParser):
    """Collects title, canonical link and meta elements, the first of each name."""

    found: dict[str, str] = field(default_factory=dict)
    in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def first(self, names: tuple[str, ...]) -> str:
        return next((self.found[name] for name in names if self.found.get(name)), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_title = tag == "title" and "title" not in self.found
        if tag == "meta":
            said = {name: value or "" for name, value in attrs}
            name = (said.get("property") or said.get("name") or "").lower()
            self.found.setdefault(name, said.get("content", "").strip())
        if tag == "link" and ("rel", "canonical") in attrs:
            self.found.setdefault("canonical", (dict(attrs).get("href") or "").strip())

    def handle_endtag(self, tag: str) -> None:
        self.in_title = False

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.found["title"] = self.found.get("title", "") + data
