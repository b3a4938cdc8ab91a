"""Who may read a space: what a change would mean for whom, and the change itself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.http.position import page_stream
from community.http.requests import member, see_other
from community.spaces.access import require_change_visibility, require_unarchived
from community.spaces.addresses import space_view
from community.spaces.models import Space, Visibility
from community.spaces.opening import change_visibility, mark_as, sight_as
from community.spaces.queries import head
from community.spaces.sight import SightChanged
from community.spaces.sight_list import sight_context


@require_http_methods(["GET", "HEAD", "POST"])
@space_view
def space_visibility(request: HttpRequest, space: Space) -> HttpResponse:
    """Choose, look at what it means, confirm; what changed meanwhile is looked at again."""
    viewer = member(request)
    require_change_visibility(space, viewer)
    require_unarchived(space)
    wanted = _wanted(request, space)
    if request.method != "POST" or wanted is None:
        return _page(request, space, wanted)
    try:
        changed = change_visibility(space, wanted, by=viewer, seen=request.POST.get("seen", ""))
    except SightChanged as error:
        space.refresh_from_db()
        return _page(request, space, wanted, status=409, wrong=str(error))
    except ValidationError as error:
        return _page(request, space, wanted, status=422, wrong=error.messages[0])
    messages.success(request, _("Who may read %(name)s is changed.") % {"name": changed.name})
    return see_other(f"{changed.url}/about")


def _wanted(request: HttpRequest, space: Space) -> Visibility | None:
    """None where nothing is chosen yet, or what the space is already."""
    sent = request.POST if request.method == "POST" else request.GET
    wanted = sent.get("to", "")
    return Visibility(wanted) if wanted in Visibility and wanted != space.visibility else None


def _page(
    request: HttpRequest,
    space: Space,
    wanted: Visibility | None,
    *,
    status: int = 200,
    wrong: str = "",
) -> HttpResponse:
    context = head(space, member(request), "settings") | {
        "others": [choice for choice in Visibility if choice != space.visibility],
        "wanted": wanted,
        "wrong": wrong,
        "page_stream": page_stream(request, f"space:{space.public_id}"),
    }
    if wanted is not None:
        context |= sight_context(request, sight_as(space, wanted))
        context["mark"] = mark_as(space, wanted)
    return render(request, "community/spaces/visibility_change.html", context, status=status)
