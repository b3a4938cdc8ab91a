"""The box on the admin page of a person that switches the account off and on."""

from django.http import HttpRequest

from community.accounts.models import User
from community.departures.queries import last_departure
from community.http.panels import Panel
from community.http.requests import member
from community.spaces.leaving import handovers


def account(request: HttpRequest, subject: User) -> Panel | None:
    """What leaving would mean, or how somebody left."""
    viewer = member(request)
    context: dict[str, object]
    if not subject.is_active:
        context = {"person": subject, "departure": last_departure(subject)}
        return Panel("community/departures/away.html", context)
    if subject.pk == viewer.pk:
        return None
    context = {"person": subject, "handovers": handovers(subject, viewer=viewer)}
    return Panel("community/departures/leave.html", context)
