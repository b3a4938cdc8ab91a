"""The list of spaces, opening one, what it is about, and its settings."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.http.conflicts import EditConflict, overlaps
from community.http.forms import status_of, submit
from community.http.keyset import Order, page_or_first
from community.http.panels import render_panels
from community.http.position import page_stream
from community.http.rate import limit_rate
from community.http.requests import member, see_other
from community.spaces.access import can_own, can_read, require_edit_space, require_open_space
from community.spaces.actions import create_space, edit_space
from community.spaces.addresses import space_view
from community.spaces.forms import NewSpaceForm, SettingsForm, settings_of
from community.spaces.models import Space, Visibility
from community.spaces.queries import (
    answers_to,
    directory,
    head,
    invitations_of,
    latest_invitations,
    outside,
    owners,
)

BY_NAME = Order(("name", "id"))
LATEST = Order(("-at", "-id"))
PAGE_ROWS = 25
SHOWN = {"mine", "open", "closed", "archived"}


@require_safe
def space_list(request: HttpRequest) -> HttpResponse:
    show, search = request.GET.get("show", ""), request.GET.get("q", "")[:100]
    show = show if show in SHOWN else ""
    found = directory(member(request), show=show, search=search)
    page, astray = page_or_first(request, found, BY_NAME, size=PAGE_ROWS)
    context = {
        "page": page,
        "astray": astray,
        "show": show,
        "search": search,
        "answers": answers_to(member(request)),
        "invitations": latest_invitations(member(request)),
        "page_stream": page_stream(request, "me"),
        "panels": render_panels(request, "spaces"),
    }
    return render(request, "community/spaces/list.html", context)


@require_safe
def my_invitations(request: HttpRequest) -> HttpResponse:
    found = invitations_of(member(request))
    page, astray = page_or_first(request, found, LATEST, size=PAGE_ROWS)
    context = {"page": page, "astray": astray, "page_stream": page_stream(request, "me")}
    return render(request, "community/spaces/my_invitations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("spaces", per_minute=10)
def space_new(request: HttpRequest) -> HttpResponse:
    require_open_space(member(request))
    form = NewSpaceForm(request.POST if request.method == "POST" else None)
    space = submit(form, lambda: _create(form, request))
    if space is not None:
        return see_other(space.url)
    context = {"form": form, "page_stream": page_stream(request, "me")}
    return render(request, "community/spaces/new.html", context, status=status_of(form))


def _create(form: NewSpaceForm, request: HttpRequest) -> Space:
    visibility = Visibility(form.cleaned_data["visibility"])
    key = form.cleaned_data["key"]
    return create_space(form.chosen(visibility), by=member(request), key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("space-settings", per_minute=20)
@space_view
def space_settings(request: HttpRequest, space: Space) -> HttpResponse:
    require_edit_space(space, member(request))
    sent = request.POST if request.method == "POST" else None
    form = SettingsForm(sent, initial=settings_of(space))
    try:
        saved = submit(form, lambda: _edit(space, form, request))
    except EditConflict as conflict:
        return _settings_conflict(request, conflict.current, form)
    if saved is None:
        return _settings_page(request, space, form, status=status_of(form))
    messages.success(request, _("The settings are saved."))
    return see_other(f"{saved.url}/settings")


def _edit(space: Space, form: SettingsForm, request: HttpRequest) -> Space:
    chosen = form.chosen(Visibility(space.visibility))
    return edit_space(space, chosen, by=member(request), based_on=form.cleaned_data["version"])


def _settings_conflict(request: HttpRequest, current: Space, typed: SettingsForm) -> HttpResponse:
    """409: what was typed stays in the form, now based on the settings that stand above it."""
    saved = settings_of(current)
    form = SettingsForm(initial=typed.cleaned_data | {"version": saved["version"]})
    return _settings_page(request, current, form, status=409, overlaps=overlaps(typed, saved))


def _settings_page(
    request: HttpRequest, space: Space, form: SettingsForm, *, status: int, **more: Any
) -> HttpResponse:
    viewer = member(request)
    context = head(space, viewer, "settings") | {
        "form": form,
        "owns": can_own(space, viewer),
        "panels": render_panels(request, "space_settings", space),
        "page_stream": page_stream(request, f"space:{space.public_id}"),
    }
    return render(request, "community/spaces/settings.html", context | more, status=status)


@require_safe
@space_view
def space_about(request: HttpRequest, space: Space) -> HttpResponse:
    viewer = member(request)
    if not can_read(space, viewer):
        return render(request, "community/spaces/outside.html", outside(space, viewer))
    context = head(space, viewer, "about") | {"owners": owners(space)}
    context["page_stream"] = page_stream(request, f"space:{space.public_id}")
    return render(request, "community/spaces/about.html", context)
