"""Making somebody a guest and a colleague, from the admin page of a person."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.accounts.changing import change_account
from community.guests.actions import make_colleague, make_guest
from community.http.requests import found_or_404


@require_POST
@found_or_404
def guest_make(request: HttpRequest, handle: str) -> HttpResponse:
    said = _("%(name)s is a guest now and sees only the spaces they belong to.")
    return change_account(request, handle, make_guest, said)


@require_POST
@found_or_404
def guest_end(request: HttpRequest, handle: str) -> HttpResponse:
    said = _("%(name)s is a colleague now and sees what all colleagues see.")
    return change_account(request, handle, make_colleague, said)
