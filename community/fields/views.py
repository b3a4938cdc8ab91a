"""Fields: those who manage people define them, everybody answers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.access import require_manage
from community.fields.access import get_field
from community.fields.actions import (
    answer_fields,
    archive_field,
    define_field,
    edit_field,
    move_field,
    unarchive_field,
)
from community.fields.forms import AnswersForm, EditFieldForm, NewFieldForm, as_typed
from community.fields.models import Field
from community.fields.queries import fields, own_answers
from community.http.conflicts import EditConflict, overlaps
from community.http.forms import status_of, submit
from community.http.position import page_stream
from community.http.requests import found_or_404, member, see_other

HOME = "/admin/fields"


@require_safe
def field_list(request: HttpRequest) -> HttpResponse:
    viewer = member(request)
    require_manage(viewer)
    context = {
        "asked": fields(viewer),
        "archived": fields(viewer, archived=True),
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "community/fields/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def field_new(request: HttpRequest) -> HttpResponse:
    by = member(request)
    require_manage(by)
    form = NewFieldForm(request.POST if request.method == "POST" else None)

    def define() -> Field:
        typed = form.cleaned_data
        return define_field(form.definition(typed["kind"]), by=by, key=typed["key"])

    if submit(form, define):
        return see_other(HOME)
    context = {"form": form, "page_stream": page_stream(request, "me")}
    return render(request, "community/fields/new.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def field_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    field = get_field(public_id, viewer=by)
    form = EditFieldForm(request.POST if request.method == "POST" else None, field=field)

    def edit() -> Field:
        return edit_field(field, form.definition(), by=by, based_on=form.cleaned_data["version"])

    try:
        if submit(form, edit):
            return see_other(HOME)
    except EditConflict as conflict:
        current = conflict.current
        saved = as_typed(current)
        found = overlaps(form, saved)
        mine = form.cleaned_data | {"version": saved["version"]}
        form = EditFieldForm(field=current, initial=mine)
        return _render_edit(request, current, form, status=409, overlaps=found)
    return _render_edit(request, field, form, status=status_of(form))


def _render_edit(
    request: HttpRequest, field: Field, form: EditFieldForm, *, status: int, **more: object
) -> HttpResponse:
    context = {"field": field, "form": form, "page_stream": page_stream(request, "me"), **more}
    return render(request, "community/fields/edit.html", context, status=status)


@require_POST
@found_or_404
def field_archive(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    field = get_field(public_id, viewer=by)
    archive_field(field, by=by)
    text = _("%(name)s is not asked for any more.") % {"name": field.name}
    messages.success(request, text, extra_tags=f"undo:{HOME}/{public_id}/archive/removal")
    return see_other(HOME)


@require_POST
@found_or_404
def field_unarchive(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    try:
        unarchive_field(get_field(public_id, viewer=by), by=by)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return see_other(HOME)


@require_POST
@found_or_404
def field_up(request: HttpRequest, public_id: str) -> HttpResponse:
    return _move(request, public_id, up=True)


@require_POST
@found_or_404
def field_down(request: HttpRequest, public_id: str) -> HttpResponse:
    return _move(request, public_id, up=False)


def _move(request: HttpRequest, public_id: str, *, up: bool) -> HttpResponse:
    by = member(request)
    move_field(get_field(public_id, viewer=by), by=by, up=up)
    return see_other(HOME)


@require_http_methods(["GET", "HEAD", "POST"])
def my_fields(request: HttpRequest) -> HttpResponse:
    person = member(request)
    sent = request.POST if request.method == "POST" else None
    form = AnswersForm(sent, by=person, fields=fields(person), said=own_answers(person))

    def answer() -> bool:
        answer_fields(person, form.answers(), by=person)
        return True

    if submit(form, answer):
        messages.success(request, _("Your profile is saved."))
        return see_other("/me/profile/fields")
    context = {"form": form, "page_stream": page_stream(request, "me")}
    return render(request, "community/fields/mine.html", context, status=status_of(form))
