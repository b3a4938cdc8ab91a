"""Boxes for the account page and for the settings of a space."""

from django.http import HttpRequest

from community.accounts.models import User
from community.http.panels import Panel
from community.http.requests import member
from community.spaces.models import Space
from discussions.exports.access import can_export
from discussions.exports.models import Export

SHOWN = 5


def my_contributions(request: HttpRequest, subject: object = None) -> Panel | None:
    return Panel("discussions/exports/person.html", {"exports": _latest(member(request), None)})


def whole_space(request: HttpRequest, space: Space) -> Panel | None:
    viewer = member(request)
    if not can_export(space, viewer):
        return None
    return Panel(
        "discussions/exports/space.html", {"space": space, "exports": _latest(viewer, space)}
    )


def _latest(viewer: User, space: Space | None) -> list[Export]:
    mine = Export.objects.visible_to(viewer).filter(space=space).select_related("job")
    return list(mine.order_by("-created_at", "-pk")[:SHOWN])
