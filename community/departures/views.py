"""Switching accounts off and on, from the admin page of a person."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.accounts.access import get_person, require_manage
from community.accounts.models import User
from community.departures.actions import deactivate_person, reactivate_person
from community.http.requests import found_or_404, member, see_other


@require_POST
@found_or_404
def person_deactivate(request: HttpRequest, handle: str) -> HttpResponse:
    said = _("%(name)s has no account here any more. What they wrote stays.")
    return _switch(request, handle, deactivate_person, said)


@require_POST
@found_or_404
def person_reactivate(request: HttpRequest, handle: str) -> HttpResponse:
    said = _("%(name)s has an account again. A letter to set a password is on its way.")
    return _switch(request, handle, reactivate_person, said)


def _switch(
    request: HttpRequest, handle: str, write: Callable[..., None], said: str
) -> HttpResponse:
    viewer = member(request)
    require_manage(viewer)
    person: User = get_person(handle, viewer=viewer)
    try:
        write(person, by=viewer)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, said % {"name": person})
    return see_other(f"/admin/people/{person.handle}")
