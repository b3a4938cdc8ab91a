"""Sending a table of people in, seeing what it would change, and carrying that out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.access import require_manage
from community.http.faults import fault_page
from community.http.forms import status_of, submit
from community.http.keyset import Order, page_or_first
from community.http.position import page_stream
from community.http.rate import limit_rate
from community.http.requests import found_or_404, member, see_other
from community.roster.access import get_roster
from community.roster.actions import send_roster, start_roster
from community.roster.entries import JOB, PROFILE, REQUIRED
from community.roster.forms import RosterForm, YesForm
from community.roster.models import Roster
from community.roster.queries import KINDS, changes_of, counts_of, failures_of, shown

IN_ORDER = Order(("id",))
PAGE_ROWS = 25
FAILURES_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("rosters", per_minute=10)
def roster_create(request: HttpRequest) -> HttpResponse:
    by = member(request)
    require_manage(by)
    form = RosterForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    roster = submit(form, lambda: send_roster(form.cleaned_data["file"].read(), by=by))
    if roster is not None:
        return see_other(roster.get_absolute_url())
    context = {
        "form": form,
        "columns": [*REQUIRED, *PROFILE, *JOB],
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "community/roster/new.html", context, status=status_of(form))


@require_safe
@found_or_404
def roster_show(request: HttpRequest, public_id: str) -> HttpResponse:
    roster = get_roster(public_id, viewer=member(request))
    context: dict[str, Any] = {
        "roster": roster,
        "job": roster.job,
        "faults": fault_page(request, roster.faults),
        "is_busy": roster.job is not None and roster.job.is_under_way,
        "page_stream": page_stream(request, "me"),
    }
    if roster.applied_at is not None:
        context["failures"] = failures_of(roster).order_by("id")[:FAILURES_SHOWN]
        context["counts"] = counts_of(roster)
    elif roster.checked_at is not None and roster.started_at is None:
        context |= _difference(request, roster)
    return render(request, "community/roster/roster.html", context)


def _difference(request: HttpRequest, roster: Roster) -> dict[str, Any]:
    counts = counts_of(roster)
    wanted = request.GET.get("show", "")
    first = next((kind for kind, count in counts.items() if count), KINDS.NEW)
    show = wanted if wanted in counts else first
    page, astray = page_or_first(request, changes_of(roster, show), IN_ORDER, size=PAGE_ROWS)
    return {
        "counts": counts,
        "kinds": [(kind, kind.label, counts[kind]) for kind in KINDS],
        "show": show,
        "page": page,
        "astray": astray,
        "changes": shown(page.rows),
        "form": YesForm(asks_missing_only=not (counts[KINDS.NEW] or counts[KINDS.CHANGED])),
        "left_out": len({line for line, *_said in roster.faults}),
    }


@require_POST
@limit_rate("rosters", per_minute=10)
@found_or_404
def roster_apply(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    roster, form = get_roster(public_id, viewer=by), YesForm(request.POST)
    form.is_valid()
    try:
        start_roster(roster, by=by, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(roster.get_absolute_url())
