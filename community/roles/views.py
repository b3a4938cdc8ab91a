"""The admin page: people, units and who may do what."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.accounts.access import get_person, get_unit, person_named, require_manage
from community.accounts.actions import Profile, add_colleague
from community.accounts.models import User
from community.accounts.queries import unit_choices, units_in_order
from community.accounts.units import create_org_unit
from community.http.forms import submit
from community.http.keyset import Order, page_or_first
from community.http.panels import render_panels
from community.http.position import page_stream
from community.http.requests import found_or_404, member, see_other
from community.roles.access import get_person_grant, get_unit_grant, require_grant
from community.roles.actions import (
    grant_capability,
    grant_capability_to_unit,
    withdraw_capability,
)
from community.roles.forms import GrantForm, PersonForm, UnitForm
from community.roles.models import Capability, Grant
from community.roles.queries import site_grants

ADMIN_URL = "/admin"
BY_CAPABILITY = Order(("capability", "holder", "id"))
PAGE_ROWS = 25
UNITS_SHOWN = 25


@require_safe
def admin_index(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    """What the person may do, with the forms that are shown again in place of fresh ones."""
    viewer = member(request)
    manages, grants = viewer.has_perm(Capability.PEOPLE), viewer.has_perm(Capability.ROLES)
    keeps_spaces = viewer.has_perm(Capability.SPACES)
    if not (manages or grants or keeps_spaces):
        raise PermissionDenied(_("Only people who manage the site see this page."))
    units = units_in_order()
    context: dict[str, Any] = {
        "manages_people": manages,
        "grants_capabilities": grants,
        "sees_work": viewer.has_perm(Capability.OPERATIONS),
        "page_stream": page_stream(request, "me"),
        "person_form": PersonForm(units=units),
        "unit_form": UnitForm(units=units),
        "grant_form": GrantForm(units=units),
        "units": unit_choices(units[:UNITS_SHOWN]),
        "unit_count": len(units),
        "rail": render_panels(request, "admin_rail"),
    }
    if grants:
        context |= _grants(request)
    return render(request, "community/accounts/admin.html", context | forms, status=status)


def _grants(request: HttpRequest) -> dict[str, Any]:
    page, astray = page_or_first(request, site_grants(), BY_CAPABILITY, size=PAGE_ROWS)
    return {
        "astray": astray,
        "grants": [_row(grant) for grant in page.rows],
        "newer_url": _page_url("before", page.newer),
        "older_url": _page_url("after", page.older),
    }


def _page_url(where: str, cursor: str | None) -> str:
    """With its path: a form that was refused shows the same page elsewhere."""
    return f"{ADMIN_URL}?{urlencode({where: cursor})}" if cursor else ""


def _row(grant: Grant) -> dict[str, Any]:
    """A grant as the page shows it; url is where it is given, and with /removal taken back."""
    return {
        "grant": grant,
        "holder": str(grant.person or grant.org_unit),
        "may": Capability(grant.capability).label,
        "url": grant_url(grant),
    }


def grant_url(grant: Grant) -> str:
    if grant.person is not None:
        return f"{ADMIN_URL}/people/{grant.person.handle}/grants/{grant.capability}"
    assert grant.org_unit is not None
    return f"{ADMIN_URL}/units/{grant.org_unit.public_id}/grants/{grant.capability}"


@require_safe
@found_or_404
def person_admin(request: HttpRequest, handle: str) -> HttpResponse:
    """What those who manage people see and do about somebody's account; boxes of several areas."""
    viewer = member(request)
    require_manage(viewer)
    person = get_person(handle, viewer=viewer)
    if person.handle != handle:
        return see_other(f"{ADMIN_URL}/people/{person.handle}")
    context = {
        "person": person,
        "panels": render_panels(request, "admin_person", person),
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "community/accounts/admin_person.html", context)


@require_POST
def person_create(request: HttpRequest) -> HttpResponse:
    require_manage(member(request))
    form = PersonForm(request.POST, units=units_in_order())
    person = submit(form, lambda: _add(form, member(request)))
    if person is None:
        return _page(request, status=422, person_form=form)
    said = _("%(name)s is added. With the mail address they set a password on the sign-in page.")
    messages.success(request, said % {"name": person})
    return see_other(person.url)


def _add(form: PersonForm, by: User) -> User:
    fields = form.cleaned_data
    profile = Profile(name=fields["name"], time_zone=by.time_zone, locale=by.locale)
    return add_colleague(
        profile, by=by, email=fields["email"], unit=fields["unit"], title=fields["title"]
    )


@require_POST
def unit_create(request: HttpRequest) -> HttpResponse:
    require_manage(member(request))
    form = UnitForm(request.POST, units=units_in_order())
    unit = submit(form, lambda: create_org_unit(by=member(request), **form.cleaned_data))
    if unit is None:
        return _page(request, status=422, unit_form=form)
    messages.success(request, _("The unit %(name)s is added.") % {"name": unit})
    return see_other(ADMIN_URL)


@require_POST
def grant_create(request: HttpRequest) -> HttpResponse:
    require_grant(member(request))
    form = GrantForm(request.POST, units=units_in_order())
    given = submit(form, lambda: _give(form, member(request)))
    if given is None:
        return _page(request, status=422, grant_form=form)
    messages.success(request, _("The right is given."))
    return see_other(ADMIN_URL)


def _give(form: GrantForm, by: User) -> Grant:
    fields = form.cleaned_data
    capability = Capability(fields["capability"])
    if fields["unit"]:
        return grant_capability_to_unit(fields["unit"], capability, by=by)
    person = person_named(fields["handle"], "handle", viewer=by)
    return grant_capability(person, capability, by=by)


@require_POST
@found_or_404
def person_grant_create(request: HttpRequest, handle: str, capability: str) -> HttpResponse:
    """Give again what was just taken back."""
    person = get_person(handle, viewer=member(request))
    try:
        grant_capability(person, _capability(capability), by=member(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return see_other(ADMIN_URL)


@require_POST
@found_or_404
def unit_grant_create(request: HttpRequest, public_id: str, capability: str) -> HttpResponse:
    viewer = member(request)
    unit = get_unit(public_id, viewer=viewer)
    try:
        grant_capability_to_unit(unit, _capability(capability), by=viewer)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return see_other(ADMIN_URL)


@require_POST
@found_or_404
def person_grant_remove(request: HttpRequest, handle: str, capability: str) -> HttpResponse:
    return _withdraw(request, get_person_grant(handle, capability, viewer=member(request)))


@require_POST
@found_or_404
def unit_grant_remove(request: HttpRequest, public_id: str, capability: str) -> HttpResponse:
    return _withdraw(request, get_unit_grant(public_id, capability, viewer=member(request)))


def _withdraw(request: HttpRequest, grant: Grant) -> HttpResponse:
    undo = grant_url(grant)
    try:
        withdraw_capability(grant, by=member(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return see_other(ADMIN_URL)
    messages.success(request, _("The right is taken back."), extra_tags=f"undo:{undo}")
    return see_other(ADMIN_URL)


def _capability(name: str) -> Capability:
    try:
        return Capability(name)
    except ValueError as error:
        raise Grant.DoesNotExist from error
