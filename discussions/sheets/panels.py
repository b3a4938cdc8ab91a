"""The box that leads to the import of a sheet."""

from django.http import HttpRequest

from community.http.panels import Panel
from community.http.requests import member
from community.spaces.access import moderates
from community.spaces.models import Space


def bring_in(request: HttpRequest, space: Space) -> Panel | None:
    if space.archived_at is not None or not moderates(space, member(request)):
        return None
    return Panel("discussions/sheets/bring_in.html", {"space": space})
