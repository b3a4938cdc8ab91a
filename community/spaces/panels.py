"""Boxes that spaces put on other pages."""

from django.http import HttpRequest

from community.http.panels import Panel
from community.http.requests import member
from community.roles.models import Capability
from community.spaces.queries import ownerless_spaces


def ownerless(request: HttpRequest, subject: object = None) -> Panel | None:
    """Spaces that wait for an owner, for those who manage spaces."""
    viewer = member(request)
    found = ownerless_spaces(viewer) if viewer.has_perm(Capability.SPACES) else []
    return Panel("community/spaces/ownerless.html", {"spaces": found}) if found else None
