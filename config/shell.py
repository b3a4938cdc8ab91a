"""What surrounds every page: at most two queries, and none where a page doesn't show it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.position import page_stream
from community.spaces.queries import my_memberships
from config.navigation import DUTIES, MAIN, Entry

MAX_SPACES = 30


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
        "navigation": SimpleLazyObject(lambda: navigation(person, request.path)),
        "my_spaces": SimpleLazyObject(lambda: my_spaces(person, request.path)),
        "shell": {
            "home_url": "/",
            "ask_url": "/ask",
            "spaces_url": "/spaces",
            "settings_url": "/me/profile",
        },
    }


def navigation(person: User, path: str) -> list[dict[str, Any]]:
    duties = [entry for entry in DUTIES if any(person.has_perm(need) for need in entry.needs)]
    return [
        {"title": "", "items": [_item(entry, path, MAIN) for entry in MAIN]},
        {"title": _("Duties"), "items": [_item(entry, path, duties) for entry in duties]},
    ]


def _item(entry: Entry, path: str, beside: Any) -> dict[str, Any]:
    """The longest address that path lies under is the current one: /admin/work is not /admin."""
    under = [other.url for other in beside if _lies_under(path, other.url)]
    return {
        "text": entry.text,
        "url": entry.url,
        "icon": entry.icon,
        "key": entry.key,
        "count": None,
        "new": False,
        "current": entry.url == max(under, key=len, default=None),
    }


def _lies_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(f"{url}/"))


def my_spaces(person: User, path: str) -> list[dict[str, Any]]:
    """Unread counts join with reading positions."""
    return [
        {
            "name": membership.space.name,
            "url": membership.space.url,
            "hue": membership.space.hue,
            "unread": 0,
            "current": _lies_under(path, membership.space.url),
        }
        for membership in my_memberships(person)[:MAX_SPACES]
    ]
