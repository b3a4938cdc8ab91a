"""Making somebody a guest and a colleague, from the admin page of a person."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.accounts.access import get_person, require_manage
from community.accounts.models import User
from community.guests.actions import make_colleague, make_guest
from community.http.requests import found_or_404, member, see_other


@require_POST
@found_or_404
def guest_make(request: HttpRequest, handle: str) -> HttpResponse:
    said = _("%(name)s is a guest now and sees only the spaces they belong to.")
    return _change(request, handle, make_guest, said)


@require_POST
@found_or_404
def guest_end(request: HttpRequest, handle: str) -> HttpResponse:
    said = _("%(name)s is a colleague now and sees what all colleagues see.")
    return _change(request, handle, make_colleague, said)


def _change(
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
