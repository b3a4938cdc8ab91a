"""Sending a sheet in, seeing what is wrong with it, and importing it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.http.faults import fault_page
from community.http.forms import status_of, submit
from community.http.position import page_stream
from community.http.rate import limit_rate
from community.http.requests import member, see_other
from community.spaces.access import require_moderate_space, require_unarchived
from community.spaces.addresses import space_view
from community.spaces.models import Space
from discussions.sheets.access import get_sheet
from discussions.sheets.actions import send_sheet, start_import
from discussions.sheets.forms import LeaveOutForm, SheetForm
from discussions.sheets.parsing import COLUMNS


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("sheets", per_minute=10)
@space_view
def sheet_create(request: HttpRequest, space: Space) -> HttpResponse:
    by = member(request)
    require_moderate_space(space, by)
    require_unarchived(space)
    form = SheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    sheet = submit(form, lambda: send_sheet(space, form.cleaned_data["file"].read(), by=by))
    if sheet is not None:
        return see_other(sheet.get_absolute_url())
    context = {
        "space": space,
        "form": form,
        "columns": COLUMNS,
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "discussions/sheets/new.html", context, status=status_of(form))


@require_safe
@space_view
def sheet_show(request: HttpRequest, space: Space, public_id: str) -> HttpResponse:
    sheet = get_sheet(public_id, space=space, viewer=member(request))
    context = {
        "space": space,
        "sheet": sheet,
        "job": sheet.job,
        "faults": fault_page(request, sheet.faults),
        "is_busy": sheet.job is not None and sheet.job.is_under_way,
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "discussions/sheets/sheet.html", context)


@require_POST
@limit_rate("sheets", per_minute=10)
@space_view
def sheet_import(request: HttpRequest, space: Space, public_id: str) -> HttpResponse:
    sheet = get_sheet(public_id, space=space, viewer=member(request))
    form = LeaveOutForm(request.POST)
    form.is_valid()
    try:
        start_import(sheet, by=member(request), **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(sheet.get_absolute_url())
