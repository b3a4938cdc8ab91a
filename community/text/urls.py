import re
from html import escape
from typing import Literal
from urllib.parse import urlsplit

import nh3
from django.conf import settings

Destination = Literal["own", "other", "refused"]

OTHER_SITE_REL = "noopener nofollow ugc"

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers drop control characters and read a backslash as a slash, so "/\evil" leaves the site.
_READ_DIFFERENTLY = re.compile(r"[\x00-\x20\x7f\\]")

# Also finds what only looks like one, such as an address in code.
NAMED_FILE = re.compile(r"/f/([2-9A-Za-z]{10})/")
_FILE = re.compile(rf"{NAMED_FILE.pattern}[^/]+\Z")
# Browsers take them out, encoded or not, so "/f/../me" leaves the folder.
_DOTS = re.compile(r"/(\.|%2e){1,2}(/|$)", re.IGNORECASE)

_LINK_READER = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, link_rel=None)


def destination(url: str) -> Destination:
    """Where a link leads: this site (relative or SITE_URL), another one, or nowhere we allow."""
    if _READ_DIFFERENTLY.search(url) or url.startswith("//"):
        return "refused"
    scheme = _SCHEME.match(url)
    if scheme is None:
        return "own"
    if scheme[1].lower() == "mailto":
        return "other"
    if scheme[1].lower() in ("http", "https"):
        return _web_destination(url)
    return "refused"


def is_allowed(url: str) -> bool:
    return destination(url) != "refused"


def is_well_formed(url: str) -> bool:
    """Whether nh3 can read url; it knows by the browsers' standard what hosts and ports may be."""
    link = f'<a href="{escape(url)}"></a>'
    return "href" in _LINK_READER.clean(link)


def file_id(url: str) -> str | None:
    """The public id of the file of this site that url leads to.

    Any other address of it would be asked for by whoever reads the image, in that person's name.
    """
    if destination(url) != "own":
        return None
    path = urlsplit(url).path
    found = _FILE.match(path)
    return found[1] if found and not _DOTS.search(path) else None


def is_own_file(url: str) -> bool:
    return file_id(url) is not None


def _web_destination(url: str) -> Destination:
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return "refused"
    if not host:
        return "refused"
    return "own" if host.lower() == urlsplit(settings.SITE_URL).netloc.lower() else "other"
