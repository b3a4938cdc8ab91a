"""One address for one page, however it was passed on."""

import hashlib
import re
from contextlib import suppress
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.text.urls import is_well_formed
from discussions.resources.embeds import embed_of

MAX_LENGTH = 2_000
PORTS = {"http": 80, "https": 443}
# What newsletters and networks hang on an address to know who followed it.
TRACKING = re.compile(
    r"utm_.*|mc_[ce]id|fbclid|gclid|dclid|msclkid|igshid|yclid|twclid|_hs(enc|mi)|mkt_tok|"
    r"vero_id|wt_mc|ref_src|spm|si"
)


def canonical_url(text: str) -> str:
    """Return the address without fragment, tracking and usual port, its host in small letters.

    Raises ValidationError for the field url.
    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        limit = {"limit": f"{MAX_LENGTH:,}"}
        raise _refused(_("An address has at most %(limit)s characters.") % limit)
    if text and "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise _no_address() from error
    if parts.scheme not in PORTS or "." not in host.strip(".") or parts.username is not None:
        raise _no_address()
    place = f"[{host}]" if ":" in host else host
    if port and port != PORTS[parts.scheme]:
        place = f"{place}:{port}"
    url = urlunsplit((parts.scheme, place, parts.path or "/", _untracked(parts.query), ""))
    if re.search(r"[\x00-\x20\x7f\\]", url) or not is_well_formed(url):
        raise _no_address()
    # A video has one address, however it was passed on.
    video = embed_of(url)
    return video.watch if video else url


def _untracked(query: str) -> str:
    """Left as it was written where nothing is taken out."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name.lower())]
    return query if len(kept) == len(pairs) else urlencode(kept)


def key_of(url: str) -> str:
    """The same for the page over http and https, with and without a slash at its end."""
    _scheme, _separator, rest = url.partition("://")
    return hashlib.sha256(rest.rstrip("/").encode(errors="replace")).hexdigest()


def key_of_page(shared: str, answered_at: str, said: str) -> str:
    """The key of a page's own address: what it says, else where it answered after redirects.

    "" where that is another site's, such as a sign-in, or a start page, to which pages that are
    gone lead: neither is the page that was shared.
    """
    with suppress(ValidationError):
        answered = canonical_url(answered_at)
        for own in (said, answered):
            with suppress(ValidationError):
                if _may_be(canonical_url(own), shared):
                    return key_of(canonical_url(own))
    return ""


def _may_be(own: str, shared: str) -> bool:
    return host_of(own) == host_of(shared) and (urlsplit(own).path != "/" or own == shared)


def shown_url(url: str) -> str:
    """Short enough to stand as a title."""
    shown = url.partition("://")[2].removeprefix("www.").rstrip("/")
    return shown if len(shown) <= 80 else f"{shown[:79]}…"


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _no_address() -> ValidationError:
    return _refused(_("This is no address of a page; it looks like https://example.org/page."))


def _refused(sentence: str) -> ValidationError:
    return ValidationError({"url": sentence})
