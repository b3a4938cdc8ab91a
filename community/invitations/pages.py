"""What all pages about invitations show: their tabs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from community.http.position import page_stream
from community.invitations.queries import waiting_requests


def head(request: HttpRequest, tab: str) -> dict[str, Any]:
    """Return the context of community/invitations/head.html; tab is a key below. One query."""
    tabs = [
        ("open", _("Open"), reverse("invite_list"), 0),
        ("accepted", _("Came in"), f"{reverse('invite_list')}?show=accepted", 0),
        ("ended", _("Ended"), f"{reverse('invite_list')}?show=ended", 0),
        ("links", _("Links"), reverse("invite_links"), 0),
        ("requests", _("Asked for an account"), reverse("account_requests"), waiting_requests()),
    ]
    return {
        "page_stream": page_stream(request, "me"),
        "tabs": [
            {"text": text, "url": url, "current": key == tab, "count": count}
            for key, text, url, count in tabs
        ],
    }
