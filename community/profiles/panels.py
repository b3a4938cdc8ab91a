"""What stands on a profile; config/panels.py says where."""

from django.http import HttpRequest

from community.accounts.models import User
from community.http.panels import Panel
from community.http.requests import member
from community.profiles.queries import shown_details


def presence(request: HttpRequest, person: User) -> Panel | None:
    """Head of a profile: whether the person is away, and who covers, or at work now."""
    shown = shown_details(person, viewer=member(request))
    seen = shown.is_away or shown.is_working
    return Panel("community/profiles/away.html", {"shown": shown}) if seen else None


def at_work(request: HttpRequest, person: User) -> Panel | None:
    """Profile: pronouns, languages, hours and links."""
    shown = shown_details(person, viewer=member(request))
    details = shown.details
    says = any((details.pronouns, details.languages, details.hours, details.links))
    return Panel("community/profiles/at_work.html", {"shown": shown}) if says else None
