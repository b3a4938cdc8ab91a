"""What stands on a profile and on the page of people and rights; config/panels.py says where."""

from django.http import HttpRequest

from community.accounts.access import MANAGE_PEOPLE
from community.accounts.models import User
from community.fields.queries import said_by
from community.http.panels import Panel
from community.http.requests import member


def more_about(request: HttpRequest, person: User) -> Panel | None:
    """Profile: what the person said in fields that the viewer may see."""
    said = said_by(person, viewer=member(request))
    return Panel("community/fields/said.html", {"said": said}) if said else None


def asked_fields(request: HttpRequest, subject: object = None) -> Panel | None:
    """People and rights: the way to the fields."""
    may = member(request).has_perm(MANAGE_PEOPLE)
    return Panel("community/fields/box.html") if may else None
