"""The box of the account page that lists where the person is signed in."""

from django.http import HttpRequest

from community.http.panels import Panel
from community.http.requests import member
from community.sessions.queries import current_id, devices_of


def sessions(request: HttpRequest, subject: object = None) -> Panel | None:
    devices = devices_of(member(request), this=current_id(request))
    return Panel("community/sessions/devices.html", {"devices": devices})
