"""Boxes of the account page that accounts keep."""

from django.http import HttpRequest

from community.http.panels import Panel
from community.http.requests import member


def password(request: HttpRequest, subject: object = None) -> Panel | None:
    """Somebody who came in without a password gets one by the reset letter."""
    return Panel(
        "community/accounts/password.html", {"has_one": member(request).has_usable_password()}
    )
