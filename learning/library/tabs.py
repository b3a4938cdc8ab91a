"""The tabs of the Library on pages that stand beside its list."""

from typing import Any

from django.utils.translation import gettext as _

from learning.library.listing import TABS

COLLECTIONS_URL = "/library/collections"


def collections_tab(*, current: bool) -> dict[str, Any]:
    return {"text": _("Collections"), "url": COLLECTIONS_URL, "current": current}


def tabs_beside_collections() -> list[dict[str, Any]]:
    """The tabs as the pages of collections show them."""
    others = [
        {"text": tab.text, "url": f"/library?show={tab.key}", "current": False} for tab in TABS
    ]
    return [*others, collections_tab(current=True)]
