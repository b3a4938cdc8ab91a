"""The directory of people, profiles, and one's own settings."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.access import MANAGE_PEOPLE, get_person, require_chart, require_manage
from community.accounts.actions import change_handle, edit_profile
from community.accounts.chart import org_chart
from community.accounts.forms import HandleForm, ProfileForm, profile_as_typed
from community.accounts.models import OrgUnit, User
from community.accounts.queries import (
    current_job,
    find_people,
    org_units,
    reports_of,
    suggest_people,
    unit_choices,
    units_in_order,
)
from community.accounts.times import zone_named
from community.http.conflicts import EditConflict, overlaps
from community.http.forms import status_of, submit
from community.http.keyset import Order, page_or_first
from community.http.panels import render_panels
from community.http.position import page_stream
from community.http.rate import limit_rate
from community.http.requests import found_or_404, member, see_other

BY_NAME = Order(("name", "id"))
PAGE_ROWS = 25
MAX_REPORTS = 50


@require_safe
@found_or_404
def person_list(request: HttpRequest) -> HttpResponse:
    search, unit_id = request.GET.get("q", "")[:100], request.GET.get("unit", "")
    viewer = member(request)
    units = [] if viewer.is_guest else units_in_order()
    unit = _chosen(units, unit_id) if unit_id else None
    left = request.GET.get("show") == "left"
    if left:
        require_manage(viewer)
    found = find_people(viewer, search=search, unit=unit, left=left)
    page, astray = page_or_first(request, found, BY_NAME, size=PAGE_ROWS)
    context = {
        "page": page,
        "astray": astray,
        "search": search,
        "unit": unit,
        "units": [] if left else unit_choices(units),
        "left": left,
        "manages_people": viewer.has_perm(MANAGE_PEOPLE),
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "community/accounts/people.html", context)


@require_safe
@found_or_404
def person_chart(request: HttpRequest) -> HttpResponse:
    """The organisation as a tree, as of today."""
    require_chart(member(request))
    context = {"chart": org_chart(member(request)), "page_stream": page_stream(request, "me")}
    return render(request, "community/accounts/chart.html", context)


@require_safe
@found_or_404
def unit_list(request: HttpRequest) -> HttpResponse:
    """Every unit by its name, and what it is part of."""
    viewer = member(request)
    require_chart(viewer)
    page, astray = page_or_first(request, org_units(viewer), BY_NAME, size=PAGE_ROWS)
    context = {"page": page, "astray": astray, "page_stream": page_stream(request, "me")}
    return render(request, "community/accounts/units.html", context)


def _chosen(units: list[OrgUnit], public_id: str) -> OrgUnit:
    for unit in units:
        if unit.public_id == public_id:
            return unit
    raise OrgUnit.DoesNotExist


@require_safe
@limit_rate("people", per_minute=300, methods=("GET", "HEAD"))
def person_suggest(request: HttpRequest) -> JsonResponse:
    """Colleagues for a few typed letters: `{"people": [{"handle", "name", "headline", ...}]}`."""
    found = suggest_people(request.GET.get("q", ""), viewer=member(request))
    fields = ("handle", "name", "headline", "initials", "hue", "url")
    people = [
        {name: getattr(person, name) for name in fields}
        | {"mark": _("Guest") if person.is_guest else ""}
        for person in found
    ]
    return JsonResponse({"people": people})


@require_safe
@found_or_404
def person_detail(request: HttpRequest, handle: str) -> HttpResponse:
    viewer = member(request)
    person = get_person(handle, viewer=viewer)
    if person.handle != handle:
        return HttpResponseRedirect(person.url)
    context = {
        "person": person,
        "job": current_job(person, viewer=viewer),
        "reports": reports_of(person, viewer=viewer)[:MAX_REPORTS],
        "local_time": timezone.localtime(timezone=zone_named(person.time_zone)).time(),
        "head": render_panels(request, "profile_head", person),
        "panels": render_panels(request, "profile", person),
        "rail": render_panels(request, "profile_rail", person),
        "manages_people": viewer.has_perm(MANAGE_PEOPLE),
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "community/accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_profile(request: HttpRequest) -> HttpResponse:
    person = member(request)
    sent = request.POST if request.method == "POST" else None
    form = ProfileForm(sent, initial=profile_as_typed(person))
    try:
        saved = submit(form, lambda: _edit(person, form))
    except EditConflict as conflict:
        return _profile_conflict(request, conflict.current, form)
    if saved is None:
        return _profile_page(request, form, _handle_form(person), status=status_of(form))
    messages.success(request, _("Your profile is saved."))
    return see_other("/me/profile")


def _edit(person: User, form: ProfileForm) -> User:
    based_on = form.cleaned_data["version"]
    return edit_profile(person, form.profile(), by=person, based_on=based_on)


def _profile_conflict(request: HttpRequest, current: User, typed: ProfileForm) -> HttpResponse:
    """409: what was typed stays in the form, now based on the profile that stands above it."""
    saved = profile_as_typed(current)
    form = ProfileForm(initial=typed.cleaned_data | {"version": saved["version"]})
    more = {"overlaps": overlaps(typed, saved)}
    return _profile_page(request, form, _handle_form(current), status=409, **more)


@require_POST
def my_handle(request: HttpRequest) -> HttpResponse:
    person, form = member(request), HandleForm(request.POST)
    changed = submit(form, lambda: change_handle(person, form.cleaned_data["handle"], by=person))
    if changed is None:
        profile_form = ProfileForm(initial=profile_as_typed(person))
        return _profile_page(request, profile_form, form, status=status_of(form))
    messages.success(request, _("Your handle is @%(handle)s now.") % {"handle": changed.handle})
    return see_other("/me/profile")


def _handle_form(person: User) -> HandleForm:
    return HandleForm(initial={"handle": person.handle})


def _profile_page(
    request: HttpRequest, form: ProfileForm, handle_form: HandleForm, *, status: int, **more: Any
) -> HttpResponse:
    context = {"form": form, "handle_form": handle_form} | more
    context["page_stream"] = page_stream(request, "me")
    return render(request, "community/accounts/my_profile.html", context, status=status)


@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """Everything about getting in, gathered from the capabilities that keep it."""
    context = {
        "panels": render_panels(request, "account"),
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "community/accounts/my_account.html", context)
