"""Who changes how they sign in says once more who they are."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def confirmed(view: View[P]) -> View[P]:
    """Ask for the password, a code or a passkey first, unless that was a few minutes ago.

    A form that was sent before the question is taken up after it. Somebody without any of these
    isn't asked.
    """
    asking: View[P] = reauthentication_required(view, app="allauth.mfa")
    return asking
