"""The directory of people, profiles, and one's own settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.access import get_person
from community.accounts.actions import change_handle, edit_profile
from community.accounts.forms import HandleForm, ProfileForm, profile_of
from community.accounts.models import OrgUnit
from community.accounts.queries import (
    current_job,
    find_people,
    reports_of,
    suggest_people,
    unit_choices,
    units_in_order,
)
from community.accounts.times import zone_named
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
    units = units_in_order()
    unit = _chosen(units, unit_id) if unit_id else None
    found = find_people(member(request), search=search, unit=unit)
    page, astray = page_or_first(request, found, BY_NAME, size=PAGE_ROWS)
    context = {
        "page": page,
        "astray": astray,
        "search": search,
        "unit": unit,
        "units": unit_choices(units),
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "community/accounts/people.html", context)


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
    people = [{name: getattr(person, name) for name in fields} for person in found]
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
        "job": current_job(person),
        "reports": reports_of(person, viewer=viewer)[:MAX_REPORTS],
        "local_time": timezone.localtime(timezone=zone_named(person.time_zone)).time(),
        "panels": render_panels(request, "profile", person),
        "rail": render_panels(request, "profile_rail", person),
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "community/accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_profile(request: HttpRequest) -> HttpResponse:
    person = member(request)
    form = ProfileForm(
        request.POST if request.method == "POST" else None, initial=profile_of(person)
    )
    saved = None
    if form.is_bound:
        saved = submit(form, lambda: edit_profile(person, form.profile(), by=person))
    if saved is not None:
        messages.success(request, _("Your profile is saved."))
        return see_other("/me/profile")
    return _profile_page(request, form, HandleForm(initial=profile_of(person)))


@require_POST
def my_handle(request: HttpRequest) -> HttpResponse:
    person, form = member(request), HandleForm(request.POST)
    changed = submit(form, lambda: change_handle(person, form.cleaned_data["handle"], by=person))
    if changed is None:
        return _profile_page(request, ProfileForm(initial=profile_of(person)), form)
    messages.success(request, _("Your handle is @%(handle)s now.") % {"handle": changed.handle})
    return see_other("/me/profile")


def _profile_page(request: HttpRequest, form: ProfileForm, handle_form: HandleForm) -> HttpResponse:
    context = {"form": form, "handle_form": handle_form, "page_stream": page_stream(request, "me")}
    status = max(status_of(form), status_of(handle_form))
    return render(request, "community/accounts/my_profile.html", context, status=status)


@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    context = {"page_stream": page_stream(request, "me")}
    return render(request, "community/accounts/my_account.html", context)
