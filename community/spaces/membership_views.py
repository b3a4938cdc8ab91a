"""Coming in and going out, one's own steps: join, leave, decline."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.http.requests import member, see_other
from community.spaces.access import can_read, get_invitation
from community.spaces.addresses import space_view
from community.spaces.membership import (
    decline_invitation,
    join_space,
    leave_space,
)
from community.spaces.models import Space


@require_POST
@space_view
def membership_create(request: HttpRequest, space: Space) -> HttpResponse:
    join_space(space, by=member(request))
    return see_other(space.url)


@require_POST
@space_view
def membership_remove(request: HttpRequest, space: Space) -> HttpResponse:
    viewer = member(request)
    try:
        leave_space(space, by=viewer)
    except ValidationError as error:
        # The last owner: who comes after them?
        messages.error(request, error.messages[0])
        return see_other(f"{space.url}/handover")
    messages.success(request, _("You left %(name)s.") % {"name": space.name})
    return see_other(space.url if can_read(space, viewer) else "/spaces")


@require_POST
@space_view
def invitation_decline(request: HttpRequest, space: Space) -> HttpResponse:
    viewer = member(request)
    decline_invitation(get_invitation(space, viewer.handle, viewer=viewer), by=viewer)
    messages.success(request, _("You declined the invitation to %(name)s.") % {"name": space.name})
    return see_other("/spaces")
