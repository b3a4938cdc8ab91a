"""The box about invitations on the admin page."""

from django.http import HttpRequest

from community.accounts.access import MANAGE_PEOPLE
from community.http.panels import Panel
from community.http.requests import member
from community.invitations.queries import waiting_requests


def coming_in(request: HttpRequest, subject: object = None) -> Panel | None:
    """For those who manage people: the way to invitations, and who waits for an answer."""
    if not member(request).has_perm(MANAGE_PEOPLE):
        return None
    return Panel("community/invitations/coming_in.html", {"waiting": waiting_requests()})
