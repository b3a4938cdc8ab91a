"""What stands on a profile; config/panels.py says where."""

from django.http import HttpRequest

from community.accounts.models import User
from community.http.panels import Panel
from community.profiles.queries import shown_details


def at_work(request: HttpRequest, person: User) -> Panel | None:
    """Profile: pronouns, languages, hours, links, and who covers an absence."""
    shown = shown_details(person)
    details = shown.details
    says = any((details.pronouns, details.languages, details.hours, details.links, shown.is_away))
    return Panel("community/profiles/at_work.html", {"shown": shown}) if says else None
