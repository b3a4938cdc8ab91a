"""The box of the account page on the address."""

from django.http import HttpRequest

from community.http.panels import Panel
from community.http.requests import member
from community.mail_changes.queries import waiting_change


def mail(request: HttpRequest, subject: object = None) -> Panel | None:
    change = waiting_change(member(request))
    return Panel("community/mail_changes/mine.html", {"change": change})
