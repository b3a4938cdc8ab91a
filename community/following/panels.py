"""The button on a profile; config/panels.py says where it stands."""

from django.http import HttpRequest

from community.accounts.models import User
from community.following.queries import following_of
from community.http.panels import Panel
from community.http.requests import member


def follow_button(request: HttpRequest, person: User) -> Panel | None:
    """Profile: how many follow the person, and the button of who may."""
    found = following_of(person, viewer=member(request))
    if not (person.is_active or found.is_followed):
        return None
    return Panel("community/following/button.html", {"person": person, "following": found})
