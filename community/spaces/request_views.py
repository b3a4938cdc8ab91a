"""Requests to join: asking, taking it back, answering, and reading the answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.http.forms import status_of, submit
from community.http.position import page_stream
from community.http.rate import limit_rate
from community.http.requests import member, see_other
from community.spaces.access import get_answer, get_request, require_moderate_space
from community.spaces.addresses import space_view
from community.spaces.forms import RequestAnswerForm
from community.spaces.member_views import to_members
from community.spaces.models import JoinRequest, Space
from community.spaces.queries import head, outside
from community.spaces.requests import (
    approve_request,
    decline_request,
    dismiss_answer,
    request_to_join,
)


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
def answer_dismiss(request: HttpRequest, space: Space) -> HttpResponse:
    viewer = member(request)
    dismiss_answer(get_answer(space, viewer=viewer), by=viewer)
    return see_other("/spaces")


@require_safe
@space_view
def request_show(request: HttpRequest, space: Space, handle: str) -> HttpResponse:
    """What somebody wrote who asks to join, and a place for a word with the answer."""
    asked = get_request(space, handle, viewer=member(request))
    require_moderate_space(space, member(request))
    return _request_page(request, asked, RequestAnswerForm())


@require_POST
@space_view
def request_approve(request: HttpRequest, space: Space, handle: str) -> HttpResponse:
    return _answer(request, space, handle, approve_request, _("%(name)s is a member now."))


@require_POST
@space_view
def request_decline(request: HttpRequest, space: Space, handle: str) -> HttpResponse:
    said = _("The request of %(name)s is declined.")
    return _answer(request, space, handle, decline_request, said)


def _answer(
    request: HttpRequest, space: Space, handle: str, act: Callable[..., Any], said: str
) -> HttpResponse:
    """Answer with the reason that was typed; one that doesn't fit stays in its field."""
    viewer = member(request)
    asked, form = get_request(space, handle, viewer=viewer), RequestAnswerForm(request.POST)
    require_moderate_space(space, viewer)

    def answer() -> bool:
        act(asked, by=viewer, reason=form.cleaned_data["reason"])
        return True

    if submit(form, answer):
        return to_members(request, space, said, asked.person)
    return _request_page(request, asked, form)


def _request_page(
    request: HttpRequest, asked: JoinRequest, form: RequestAnswerForm
) -> HttpResponse:
    space = asked.space
    context = head(space, member(request), "members") | {"asked": asked, "form": form}
    context["page_stream"] = page_stream(request, f"space:{space.public_id}")
    return render(request, "community/spaces/request.html", context, status=status_of(form))
