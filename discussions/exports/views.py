"""Asking for an export, watching it being written, and fetching it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from community.http.position import page_stream
from community.http.rate import limit_rate
from community.http.requests import found_or_404, member, see_other
from community.spaces.addresses import space_view
from community.spaces.models import Space
from discussions.exports.access import get_export
from discussions.exports.actions import ask_for_export
from discussions.exports.sending import send_export


@require_POST
@limit_rate("exports", per_minute=5)
@space_view
def space_export_create(request: HttpRequest, space: Space) -> HttpResponse:
    return see_other(ask_for_export(by=member(request), space=space).get_absolute_url())


@require_POST
@limit_rate("exports", per_minute=5)
def export_create(request: HttpRequest) -> HttpResponse:
    return see_other(ask_for_export(by=member(request)).get_absolute_url())


@require_safe
@found_or_404
def export_show(request: HttpRequest, public_id: str) -> HttpResponse:
    export = get_export(public_id, viewer=member(request))
    context = {"export": export, "page_stream": page_stream(request, "me")}
    return render(request, "discussions/exports/export.html", context)


@require_safe
@found_or_404
def export_fetch(request: HttpRequest, public_id: str) -> HttpResponseBase:
    return send_export(get_export(public_id, viewer=member(request)))
