"""Boxes on two-step sign-in: on one's own account page, and on the admin page of a person."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from community.accounts.models import User
from community.http.panels import Panel
from community.http.requests import member
from community.two_step.access import needs_two_step
from community.two_step.adapter import host_name
from community.two_step.queries import two_step_of


def two_step(request: HttpRequest, subject: object = None) -> Panel | None:
    viewer = member(request)
    context = {
        "two_step": two_step_of(viewer),
        "needed": needs_two_step(viewer),
        "limit": settings.MAX_PASSKEYS,
        "has_site_name": not _is_address(host_name(request)),
    }
    return Panel("community/two_step/mine.html", context)


def two_step_of_person(request: HttpRequest, subject: User) -> Panel | None:
    """For those who manage people; there is nothing to reset where nothing is set up."""
    found = two_step_of(subject)
    if not found.is_on or subject.pk == member(request).pk:
        return None
    return Panel("community/two_step/person.html", {"person": subject, "two_step": found})


def _is_address(host: str) -> bool:
    """Browsers keep passkeys for names, not for addresses."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
