"""Naming the first owner of a space, and handing a space over."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.accounts.access import person_named
from community.accounts.models import User
from community.http.forms import status_of, submit
from community.http.position import page_stream
from community.http.requests import member, see_other
from community.spaces.access import can_read, require_hand_over, require_name_owner
from community.spaces.addresses import space_view
from community.spaces.forms import HandOverForm
from community.spaces.member_views import list_page
from community.spaces.models import Membership, Space
from community.spaces.ownership import hand_over, name_owner
from community.spaces.queries import head, outside


@require_POST
@space_view
def owner_create(request: HttpRequest, space: Space) -> HttpResponse:
    """Name the first owner of a space by handle; who reads it is unchanged for whoever names."""
    viewer, typed = member(request), request.POST.get("owner", "").strip()[:120]
    require_name_owner(space, viewer)
    try:
        named = name_owner(space, person_named(typed, "owner", viewer=viewer), by=viewer)
    except ValidationError as error:
        return _owner_page(request, space, typed, error.messages[0])
    messages.success(request, _("%(name)s owns the space now.") % {"name": named.person})
    return see_other(space.url)


def _owner_page(request: HttpRequest, space: Space, typed: str, wrong: str) -> HttpResponse:
    context = {"typed_owner": typed, "wrong_owner": wrong}
    if can_read(space, member(request)):
        return list_page(request, space, status=422, **context)
    context |= outside(space, member(request))
    return render(request, "community/spaces/outside.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@space_view
def space_hand_over(request: HttpRequest, space: Space) -> HttpResponse:
    viewer = member(request)
    require_hand_over(space, viewer)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    heir = submit(form, lambda: _hand_over(space, form, viewer))
    if heir is not None:
        said = _("%(person)s owns %(space)s now.")
        messages.success(request, said % {"person": heir.person, "space": space})
        return see_other(space.url if can_read(space, viewer) else "/spaces")
    context = head(space, viewer, "settings") | {"form": form}
    context["page_stream"] = page_stream(request, f"space:{space.public_id}")
    return render(request, "community/spaces/handover.html", context, status=status_of(form))


def _hand_over(space: Space, form: HandOverForm, viewer: User) -> Membership:
    person = person_named(form.cleaned_data["person"], "person", viewer=viewer)
    return hand_over(space, person, by=viewer, leaves=form.cleaned_data["leaves"])
