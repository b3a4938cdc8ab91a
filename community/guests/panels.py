"""The box on the admin page of a person that makes a guest of them, or a colleague."""

from django.http import HttpRequest

from community.accounts.models import User
from community.http.panels import Panel
from community.http.requests import member


def guest(request: HttpRequest, subject: User) -> Panel | None:
    """What the change would mean; nothing for oneself, and for who has no account."""
    viewer = member(request)
    if not subject.is_active or subject.pk == viewer.pk:
        return None
    if subject.is_guest:
        return Panel("community/guests/guest.html", {"person": subject})
    return Panel("community/guests/colleague.html", {"person": subject})
