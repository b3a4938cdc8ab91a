"""Audiences: the list, one with a preview of its members, making and editing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.access import require_manage
from community.accounts.queries import units_in_order
from community.audiences.access import get_audience
from community.audiences.actions import (
    create_audience,
    delete_audience,
    edit_audience,
    invite_audience,
)
from community.audiences.forms import (
    AudienceEditForm,
    AudienceForm,
    SpaceChoiceForm,
    as_typed,
)
from community.audiences.models import Audience
from community.audiences.queries import audiences, members_of, units_of
from community.audiences.tasks import last_work
from community.http.conflicts import EditConflict
from community.http.forms import status_of, submit
from community.http.keyset import Order, page_or_first
from community.http.position import page_stream
from community.http.rate import limit_rate
from community.http.requests import found_or_404, member, see_other
from community.spaces.bringing_in import moderated_spaces

BY_NAME = Order(("name", "id"))
PAGE_ROWS = 25
MAX_SPACES_SHOWN = 200
UNITS_SHOWN = 20


@require_safe
def audience_list(request: HttpRequest) -> HttpResponse:
    require_manage(member(request))
    search = request.GET.get("q", "")[:100]
    page, astray = page_or_first(request, audiences(search), BY_NAME, size=PAGE_ROWS)
    context = {"page": page, "astray": astray, "search": search}
    context["page_stream"] = page_stream(request, "me")
    return render(request, "community/audiences/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("audiences", per_minute=30)
def audience_new(request: HttpRequest) -> HttpResponse:
    by = member(request)
    require_manage(by)
    sent = request.POST if request.method == "POST" else None
    form = AudienceForm(sent, by=by, units=units_in_order())
    made = submit(
        form, lambda: create_audience(form.members(), by=by, key=form.cleaned_data["key"])
    )
    if made is not None:
        return see_other(made.get_absolute_url())
    context = {"form": form, "page_stream": page_stream(request, "me")}
    return render(request, "community/audiences/new.html", context, status=status_of(form))


@require_safe
@found_or_404
def audience_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    return _detail(request, get_audience(public_id, viewer=member(request)))


def _detail(
    request: HttpRequest, audience: Audience, *, status: int = 200, **more: Any
) -> HttpResponse:
    people = members_of(audience)
    page, astray = page_or_first(request, people, BY_NAME, size=PAGE_ROWS)
    spaces = list(moderated_spaces(member(request))[:MAX_SPACES_SHOWN])
    context = {
        "audience": audience,
        # One more than is shown, where there are more.
        "units": list(units_of(audience)[: UNITS_SHOWN + 1]),
        "count": people.count(),
        "page": page,
        "astray": astray,
        "job": last_work(audience),
        "form": SpaceChoiceForm(spaces=spaces),
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "community/audiences/audience.html", context | more, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("audiences", per_minute=30)
@found_or_404
def audience_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    audience = get_audience(public_id, viewer=by)
    sent = request.POST if request.method == "POST" else None
    form = AudienceEditForm(sent, by=by, units=units_in_order(), initial=as_typed(audience))
    try:
        saved = submit(form, lambda: _edit(audience, form, request))
    except EditConflict as conflict:
        return _conflict(request, conflict.current, form)
    if saved is None:
        return _edit_page(request, audience, form, status=status_of(form))
    messages.success(request, _("The audience is saved."))
    return see_other(saved.get_absolute_url())


def _edit(audience: Audience, form: AudienceEditForm, request: HttpRequest) -> Audience:
    version = form.cleaned_data["version"]
    return edit_audience(audience, form.members(), by=member(request), based_on=version)


def _conflict(request: HttpRequest, current: Audience, typed: AudienceEditForm) -> HttpResponse:
    """409: what was typed stays, now based on what is saved, whose members the page links to."""
    kept = {name: typed.data.get(name, "") for name in ("name", "description", "people")}
    kept |= {"units": [unit.public_id for unit in typed.cleaned_data["units"]]}
    initial = as_typed(current) | kept
    form = AudienceEditForm(by=member(request), units=units_in_order(), initial=initial)
    return _edit_page(request, current, form, status=409, conflict=True)


def _edit_page(
    request: HttpRequest, audience: Audience, form: AudienceEditForm, *, status: int, **more: Any
) -> HttpResponse:
    context = {"form": form, "audience": audience, "page_stream": page_stream(request, "me")}
    return render(request, "community/audiences/edit.html", context | more, status=status)


@require_POST
@found_or_404
def audience_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    audience = get_audience(public_id, viewer=by)
    delete_audience(audience, by=by)
    messages.success(request, _("The audience “%(name)s” is deleted.") % {"name": audience.name})
    return see_other(reverse("audience_list"))


@require_POST
@limit_rate("audience-invitations", per_minute=10)
@found_or_404
def audience_invite(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    audience = get_audience(public_id, viewer=by)
    form = SpaceChoiceForm(request.POST, spaces=list(moderated_spaces(by)[:MAX_SPACES_SHOWN]))
    job = submit(form, lambda: invite_audience(audience, form.cleaned_data["space"], by=by))
    if job is None:
        return _detail(request, audience, status=422, form=form)
    said = _("They are invited to “%(space)s”, whoever isn't in it yet.")
    messages.success(request, said % {"space": form.cleaned_data["space"]})
    return see_other(audience.get_absolute_url())
