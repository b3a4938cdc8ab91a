"""The box about audiences on the admin page."""

from django.http import HttpRequest

from community.accounts.access import MANAGE_PEOPLE
from community.http.panels import Panel
from community.http.requests import member


def lists_of_people(request: HttpRequest, subject: object = None) -> Panel | None:
    """For those who manage people: the way to audiences and default spaces."""
    may = member(request).has_perm(MANAGE_PEOPLE)
    return Panel("community/audiences/box.html") if may else None
