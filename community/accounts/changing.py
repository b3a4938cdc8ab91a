"""What the boxes of a person's admin page do: change the account and say so."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from community.accounts.access import get_person, require_manage
from community.accounts.models import User
from community.http.requests import member, see_other


def change_account(
    request: HttpRequest, handle: str, change: Callable[..., None], said: str
) -> HttpResponse:
    """Call change(person, by=viewer) and lead back; said names the person as %(name)s.

    Raises PermissionDenied unless the viewer manages people, User.DoesNotExist.
    """
    viewer = member(request)
    require_manage(viewer)
    person: User = get_person(handle, viewer=viewer)
    try:
        change(person, by=viewer)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, said % {"name": person})
    return see_other(f"/admin/people/{person.handle}")
