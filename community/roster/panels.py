"""The box about tables of people on the admin page."""

from django.http import HttpRequest

from community.accounts.access import MANAGE_PEOPLE
from community.http.panels import Panel
from community.http.requests import member


def people_by_table(request: HttpRequest, subject: object = None) -> Panel | None:
    """For those who manage people: the way to the import."""
    may = member(request).has_perm(MANAGE_PEOPLE)
    return Panel("community/roster/box.html") if may else None
