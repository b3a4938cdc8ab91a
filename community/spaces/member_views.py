"""The members of a space, what each may do, and whom to let in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.access import get_person
from community.accounts.handles import typed_handle
from community.accounts.models import User
from community.accounts.queries import find_people
from community.http.forms import status_of, submit
from community.http.keyset import Order, page_or_first
from community.http.position import page_stream
from community.http.requests import member, see_other
from community.spaces.access import (
    can_name_owner,
    can_own,
    get_invitation,
    get_member,
    moderates,
    owns,
    require_moderate_space,
    require_own,
    require_read,
)
from community.spaces.addresses import space_view
from community.spaces.forms import RoleForm
from community.spaces.membership import (
    change_role,
    decline_invitation,
    invite_to_space,
    remove_member,
)
from community.spaces.models import Membership, Role, Space
from community.spaces.queries import (
    head,
    invitations,
    join_requests,
    named_members,
    owners,
)

BY_NAME = Order(("name", "id"))
PAGE_ROWS = 25
SUGGESTIONS = 5


@require_safe
@space_view
def member_list(request: HttpRequest, space: Space) -> HttpResponse:
    require_read(space, member(request))
    return list_page(request, space)


def list_page(
    request: HttpRequest, space: Space, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The members of a space that the viewer reads; more is what a form beside them shows."""
    viewer, search = member(request), request.GET.get("q", "")[:100]
    found = named_members(space, search=search)
    page, astray = page_or_first(request, found, BY_NAME, size=PAGE_ROWS)
    context = head(space, viewer, "members") | {
        "page": page,
        "astray": astray,
        "search": search,
        "owners": owners(space),
        "can_own": can_own(space, viewer),
        "can_hand_over": owns(space, viewer),
        "can_name_owner": can_name_owner(space, viewer),
        "page_stream": page_stream(request, f"space:{space.public_id}"),
    }
    if moderates(space, viewer):
        waiting = {"requests": join_requests(space), "invitations": invitations(space)}
        context |= waiting | {"moderates": True}
    return render(request, "community/spaces/members.html", context | more, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@space_view
def member_edit(request: HttpRequest, space: Space, handle: str) -> HttpResponse:
    """The page of one member; a POST changes the role."""
    viewer = member(request)
    if request.method == "POST":
        require_own(space, viewer)
    elif not can_own(space, viewer):
        require_moderate_space(space, viewer)
    found = get_member(space, handle, viewer=viewer)
    sent = request.POST if request.method == "POST" else None
    form = RoleForm(sent, initial={"role": found.role})
    if submit(form, lambda: _change(found, form, viewer)):
        return to_members(request, space, _("The role of %(name)s is changed."), found.person)
    context = head(space, viewer, "members") | {
        "found": found,
        "form": form,
        "can_own": can_own(space, viewer),
        "page_stream": page_stream(request, f"space:{space.public_id}"),
    }
    return render(request, "community/spaces/member.html", context, status=status_of(form))


def _change(found: Membership, form: RoleForm, viewer: User) -> Membership:
    return change_role(found, Role(form.cleaned_data["role"]), by=viewer)


@require_POST
@space_view
def member_remove(request: HttpRequest, space: Space, handle: str) -> HttpResponse:
    found = get_member(space, handle, viewer=member(request))
    try:
        remove_member(found, by=member(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return see_other(f"{space.url}/members/{handle}")
    return to_members(request, space, _("%(name)s is no longer a member."), found.person)


def to_members(
    request: HttpRequest, space: Space, said: str, person: User, *, undo: str = ""
) -> HttpResponse:
    """After a write: back to the list, which says what happened to person; undo is an address."""
    tags = f"undo:{undo}" if undo else ""
    messages.success(request, said % {"name": person}, extra_tags=tags)
    return see_other(f"{space.url}/members")


@require_POST
@space_view
def invitation_find(request: HttpRequest, space: Space) -> HttpResponse:
    """Invite by handle; with a name, the page comes back with the people who may be meant."""
    viewer, typed = member(request), typed_handle(request.POST.get("person", ""))[:120]
    require_moderate_space(space, viewer)
    try:
        return _invite(request, space, get_person(typed, viewer=viewer))
    except User.DoesNotExist:
        found = list(find_people(viewer, search=typed).order_by("name", "id")[:SUGGESTIONS])
        return list_page(request, space, status=422, typed=typed, suggested=found, unknown=True)
    except ValidationError as error:
        return list_page(request, space, status=422, typed=typed, error=error.messages[0])


@require_POST
@space_view
def invitation_create(request: HttpRequest, space: Space, handle: str) -> HttpResponse:
    """Invite somebody chosen from a list, or again after a withdrawal."""
    try:
        return _invite(request, space, get_person(handle, viewer=member(request)))
    except ValidationError as error:
        return list_page(request, space, status=422, error=error.messages[0])


def _invite(request: HttpRequest, space: Space, person: User) -> HttpResponse:
    invite_to_space(space, person, by=member(request))
    return to_members(request, space, _("A place is kept for %(name)s."), person)


@require_POST
@space_view
def invitation_withdraw(request: HttpRequest, space: Space, handle: str) -> HttpResponse:
    kept = get_invitation(space, handle, viewer=member(request))
    decline_invitation(kept, by=member(request))
    said, undo = _("The invitation of %(name)s is withdrawn."), f"{space.url}/invitations/{handle}"
    return to_members(request, space, said, kept.person, undo=undo)
