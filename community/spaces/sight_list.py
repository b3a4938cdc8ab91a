"""The people whose sight changes, a page at a time, for parts/sight.html."""

from typing import Any

from django.http import HttpRequest

from community.http.keyset import Order, page_or_first
from community.spaces.sight import Sight

BY_NAME = Order(("name", "id"))
PAGE_ROWS = 25


def sight_context(request: HttpRequest, sight: Sight) -> dict[str, Any]:
    """Return the context of parts/sight.html: counts, and a page of those ?show= asks for."""
    gains, losses = sight.gains.count(), sight.losses.count()
    show = request.GET.get("show", "")
    show = show if show in {"gains", "losses"} else "gains" if gains or not losses else "losses"
    people = sight.gains if show == "gains" else sight.losses
    page, astray = page_or_first(request, people, BY_NAME, size=PAGE_ROWS)
    return {"gains": gains, "losses": losses, "show": show, "page": page, "astray": astray}
