"""Signing devices out."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.http.requests import found_or_404, member, see_other
from community.sessions.access import get_session
from community.sessions.actions import end_all_sessions, end_session
from community.sessions.queries import current_id

ACCOUNT_URL = "/me/account"


@require_POST
@found_or_404
def session_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    if public_id == current_id(request):
        logout(request)
        return see_other("/account/login/")
    viewer = member(request)
    end_session(get_session(public_id, viewer=viewer), by=viewer)
    messages.success(request, _("That device is signed out."))
    return see_other(ACCOUNT_URL)


@require_POST
def session_remove_others(request: HttpRequest) -> HttpResponse:
    viewer = member(request)
    end_all_sessions(viewer, by=viewer, but=current_id(request))
    messages.success(request, _("All other devices are signed out."))
    return see_other(ACCOUNT_URL)


@require_POST
def session_remove_all(request: HttpRequest) -> HttpResponse:
    """Everywhere means here, too."""
    viewer = member(request)
    end_all_sessions(viewer, by=viewer)
    logout(request)
    return see_other("/account/login/")
