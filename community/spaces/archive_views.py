"""Putting a space away, and back to use."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.http.position import page_stream
from community.http.requests import member, see_other
from community.spaces.access import can_read, require_own
from community.spaces.addresses import space_view
from community.spaces.archiving import archive_space, unarchive_space
from community.spaces.models import Space
from community.spaces.queries import head


@require_http_methods(["GET", "HEAD", "POST"])
@space_view
def archival_create(request: HttpRequest, space: Space) -> HttpResponse:
    """Ask first: the page says what happens, its button does it."""
    viewer = member(request)
    require_own(space, viewer)
    if request.method == "POST":
        archive_space(space, by=viewer)
        messages.success(request, _("%(name)s is archived.") % {"name": space.name})
        return see_other(space.url)
    context = head(space, viewer, "settings") | {"can_read": can_read(space, viewer)}
    context["page_stream"] = page_stream(request, f"space:{space.public_id}")
    return render(request, "community/spaces/archival.html", context)


@require_POST
@space_view
def archival_remove(request: HttpRequest, space: Space) -> HttpResponse:
    unarchive_space(space, by=member(request))
    said = _("%(name)s is in use again.") % {"name": space.name}
    messages.success(request, said, extra_tags=f"undo:{space.url}/archival")
    return see_other(space.url)
