"""What Today reminds of; config/panels.py says where it stands."""

from django.http import HttpRequest

from community.http.panels import Panel
from community.http.requests import member
from discussions.saved.queries import due_reminders

SHORT = 5


def reminders(request: HttpRequest, subject: object = None) -> Panel | None:
    """Today: saved posts whose time has come, the oldest first."""
    due = due_reminders(member(request), most=SHORT)
    return Panel("discussions/saved/reminders.html", {"due": due}) if due else None
