"""The box of the account page that lists a person's tokens."""

from django.http import HttpRequest

from community.http.panels import Panel
from community.http.requests import member
from community.tokens.queries import tokens_of


def tokens(request: HttpRequest, subject: object = None) -> Panel | None:
    return Panel("community/tokens/list.html", {"tokens": list(tokens_of(member(request)))})
