"""The Library."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.accounts.models import User
from community.http.keyset import page_or_first
from community.http.position import page_stream
from community.http.requests import member
from community.spaces.queries import writable_spaces
from discussions.resources.languages import LANGUAGES
from discussions.resources.models import Level
from discussions.resources.queries import broken_of
from frontend.htmx import render_page
from learning.library.cards import followed_tags, make_cards
from learning.library.listing import FOR_YOU, ROWS, SORTS, TABS, Tab, Wish, library
from learning.library.tabs import collections_tab


@require_safe
def library_show(request: HttpRequest) -> HttpResponse:
    viewer, wish = member(request), Wish.of(request.GET.dict())
    page, astray = page_or_first(request, library(viewer, wish), wish.order, size=ROWS)
    followed = followed_tags(viewer) if wish.gives_reasons else frozenset()
    context = {
        "wish": wish,
        "tabs": [*(_as_tab(tab, wish) for tab in TABS), collections_tab(current=False)],
        "cards": make_cards(page.rows, followed=followed, reasons=wish.gives_reasons),
        "newer_url": _address(wish, before=page.newer) if page.newer else "",
        "older_url": _address(wish, after=page.older) if page.older else "",
        "astray": astray,
        "broken": broken_of(viewer),
        "choices": _choices(viewer),
        "blank": _blank(wish),
        "page_stream": page_stream(request, "me"),
    }
    return render_page(request, "learning/library/page.html", context)


def _as_tab(tab: Tab, wish: Wish) -> dict[str, Any]:
    return {"text": tab.text, "url": _address(wish, tab=tab), "current": tab is wish.tab}


def _address(wish: Wish, *, tab: Tab | None = None, **cursor: str) -> str:
    """The page that wish asks for, on another tab or at a cursor."""
    tab = tab or wish.tab
    said = {
        "show": "" if tab is TABS[0] else tab.key,
        "sort": "" if wish.sort == "newest" else wish.sort,
        "q": wish.words,
        "tag": wish.tag,
        "space": wish.space,
        "level": wish.level,
        "language": wish.language,
        **cursor,
    }
    return "?" + urlencode({name: value for name, value in said.items() if value})


def _choices(viewer: User) -> dict[str, list[tuple[str, Any]]]:
    """The lists to choose from, by the field that they belong to."""
    spaces = [(space.slug, space.name) for space in writable_spaces(viewer)]
    return {
        "sort": [(key, text) for key, (text, _order) in SORTS.items()],
        "space": [("", _("All spaces")), *spaces],
        "level": [("", _("All levels")), *Level.choices],
        "language": [("", _("All languages")), *LANGUAGES],
    }


def _blank(wish: Wish) -> dict[str, str]:
    """What an empty list says, and where it leads."""
    if wish.narrows:
        return {
            "title": _("Nothing here fits all of that"),
            "text": _("Take away a filter, or share what is missing."),
            "url": "/library?show=all",
            "action": _("Show everything"),
        }
    if wish.tab.key == FOR_YOU:
        return {
            "title": _("Nothing for you yet"),
            "text": _("What is shared in your spaces, or with tags that you follow, stands here."),
            "url": "/library?show=all",
            "action": _("Show everything"),
        }
    return {
        "title": _("Nothing here yet"),
        "text": _("Links and know-how that colleagues share in spaces you can read stand here."),
        "url": "/share",
        "action": _("Share a link"),
    }
