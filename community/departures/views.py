"""Switching accounts off and on, from the admin page of a person."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.accounts.changing import change_account
from community.departures.actions import deactivate_person, reactivate_person
from community.http.requests import found_or_404


@require_POST
@found_or_404
def person_deactivate(request: HttpRequest, handle: str) -> HttpResponse:
    said = _("%(name)s has no account here any more. What they wrote stays.")
    return change_account(request, handle, deactivate_person, said)


@require_POST
@found_or_404
def person_reactivate(request: HttpRequest, handle: str) -> HttpResponse:
    said = _("%(name)s has an account again. A letter to set a password is on its way.")
    return change_account(request, handle, reactivate_person, said)
