"""What surrounds every page: at most two queries, and none where a page doesn't show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.position import page_stream
from config.navigation import DUTIES, MAIN, Entry
from discussions.reading.queries import my_spaces_with_unread

MAX_SPACES = 30
URLS = {
    "home_url": "/",
    "ask_url": "/ask",
    "spaces_url": "/spaces",
    "drafts_url": "/drafts",
    "settings_url": "/me/profile",
}


@dataclass(frozen=True)
class Item:
    """A link of the navigation."""

    text: str
    url: str
    icon: str
    key: str
    current: bool
    count: int | None = None
    new: bool = False


@dataclass(frozen=True)
class Section:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class SpaceLink:
    """One of the person's spaces."""

    name: str
    url: str
    hue: int
    current: bool
    unread: int = 0


@dataclass(frozen=True)
class Me:
    name: str
    initials: str
    hue: int
    url: str
    photo: str


@dataclass(frozen=True)
class Furniture:
    """All that the parts of the shell show: those who are shown the same share the HTML."""

    language: str | None
    me: Me
    navigation: tuple[Section, ...]
    my_spaces: tuple[SpaceLink, ...]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html, see there for the shapes. What asks the database is lazy."""
    found: dict[str, Any] = {"site_name": settings.SITE_NAME, "me": None}
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return found
    return found | {
        # Pages with a stream of their own say so in their context.
        "page_stream": page_stream(request, "me"),
        "me": person,
        "furniture": SimpleLazyObject(lambda: rendered(furniture(person, request.path))),
        "shell": URLS,
    }


@lru_cache(maxsize=256)
def rendered(shown: Furniture) -> dict[str, SafeString]:
    """The HTML of the shell's parts by name. It holds no token and nothing of the request."""
    context = {
        "site_name": settings.SITE_NAME,
        "shell": URLS,
        "me": shown.me,
        "navigation": shown.navigation,
        "my_spaces": shown.my_spaces,
    }
    parts = ("side", "me", "tabbar", "keys")
    return {part: render_to_string(f"shell/{part}.html", context) for part in parts}


def furniture(person: User, path: str) -> Furniture:
    return Furniture(
        language=get_language(),
        me=Me(person.name, person.initials, person.hue, person.url, person.photo),
        navigation=navigation(person, path),
        my_spaces=my_spaces(person, path),
    )


def navigation(person: User, path: str) -> tuple[Section, ...]:
    duties = [entry for entry in DUTIES if any(person.has_perm(need) for need in entry.needs)]
    return Section("", _items(MAIN, path)), Section(_("Duties"), _items(duties, path))


def _items(entries: Sequence[Entry], path: str) -> tuple[Item, ...]:
    """The longest address that path lies under is the current one: /admin/work is not /admin."""
    under = [entry.url for entry in entries if _lies_under(path, entry.url)]
    current = max(under, key=len, default=None)
    return tuple(
        Item(str(entry.text), entry.url, entry.icon, entry.key, entry.url == current)
        for entry in entries
    )


def _lies_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(f"{url}/"))


def my_spaces(person: User, path: str) -> tuple[SpaceLink, ...]:
    """One query, the unread counts included."""
    columns = ("space__name", "space__slug", "space__hue", "unread")
    mine = my_spaces_with_unread(person).filter(space__archived_at=None)
    shown = mine.values_list(*columns)
    return tuple(
        SpaceLink(name, f"/s/{slug}", hue, _lies_under(path, f"/s/{slug}"), unread)
        for name, slug, hue, unread in shown[:MAX_SPACES]
    )
