"""Coming in and going out, one's own steps: join, leave, ask, take back, decline."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.http.rate import limit_rate
from community.http.requests import member, see_other
from community.spaces.access import can_read, get_invitation, get_request
from community.spaces.addresses import space_view
from community.spaces.membership import (
    decline_invitation,
    decline_request,
    join_space,
    leave_space,
    request_to_join,
)
from community.spaces.models import Space
from community.spaces.queries import outside


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
        messages.error(request, error.messages[0])
        return see_other(f"{space.url}/members")
    messages.success(request, _("You left %(name)s.") % {"name": space.name})
    return see_other(space.url if can_read(space, viewer) else "/spaces")


@require_POST
@limit_rate("join-requests", per_minute=20)
@space_view
def request_create(request: HttpRequest, space: Space) -> HttpResponse:
    viewer, message = member(request), request.POST.get("message", "")
    try:
        request_to_join(space, by=viewer, message=message)
    except ValidationError as error:
        context = outside(space, viewer) | {"message": message, "error": error.messages[0]}
        return render(request, "community/spaces/outside.html", context, status=422)
    messages.success(request, _("The owners see that you would like to join."))
    return see_other(space.url)


@require_POST
@space_view
def request_remove(request: HttpRequest, space: Space) -> HttpResponse:
    viewer = member(request)
    decline_request(get_request(space, viewer.handle, viewer=viewer), by=viewer)
    return see_other(space.url)


@require_POST
@space_view
def invitation_decline(request: HttpRequest, space: Space) -> HttpResponse:
    viewer = member(request)
    decline_invitation(get_invitation(space, viewer.handle, viewer=viewer), by=viewer)
    messages.success(request, _("You declined the invitation to %(name)s.") % {"name": space.name})
    return see_other("/spaces")
