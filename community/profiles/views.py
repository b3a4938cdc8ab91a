"""Saying how to work with one, and the card that opens at a name."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.accounts.access import get_person
from community.accounts.models import User
from community.accounts.queries import current_job
from community.http.conflicts import EditConflict, overlaps
from community.http.forms import status_of, submit
from community.http.position import page_stream
from community.http.rate import limit_rate
from community.http.requests import found_or_404, member, see_other
from community.profiles.actions import edit_details
from community.profiles.forms import DetailsForm, as_typed
from community.profiles.models import ProfileDetails
from community.profiles.queries import details_of, shown_details

CARD_SECONDS = 60


@require_http_methods(["GET", "HEAD", "POST"])
def my_details(request: HttpRequest) -> HttpResponse:
    person = member(request)
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(sent, by=person, initial=as_typed(details_of(person)))
    try:
        saved = submit(form, lambda: _edit(person, form))
    except EditConflict as conflict:
        return _conflict(request, conflict.current, form)
    if saved is None:
        return _page(request, form, status=status_of(form))
    messages.success(request, _("Your profile is saved."))
    return see_other("/me/profile/details")


def _edit(person: User, form: DetailsForm) -> ProfileDetails:
    based_on = form.cleaned_data["version"]
    return edit_details(person, form.details(), by=person, based_on=based_on)


def _conflict(request: HttpRequest, current: ProfileDetails, typed: DetailsForm) -> HttpResponse:
    """409: what was typed stays in the form, now based on what stands above it."""
    saved = as_typed(current)
    again = {name: typed[name].value() for name in typed.fields}
    form = DetailsForm(by=member(request), initial=again | {"version": saved["version"]})
    return _page(request, form, status=409, overlaps=overlaps(typed, saved))


def _page(request: HttpRequest, form: DetailsForm, *, status: int, **more: Any) -> HttpResponse:
    context = {"form": form, "page_stream": page_stream(request, "me"), **more}
    return render(request, "community/profiles/mine.html", context, status=status)


@require_safe
@limit_rate("people", per_minute=300, methods=("GET", "HEAD"))
@found_or_404
def person_card(request: HttpRequest, handle: str) -> HttpResponse:
    """A fragment that opens at a name; the browser keeps it for a minute."""
    viewer = member(request)
    person = get_person(handle, viewer=viewer)
    context = {
        "shown": shown_details(person, viewer=viewer),
        "job": current_job(person, viewer=viewer),
    }
    answer = render(request, "community/profiles/card.html", context)
    answer["Cache-Control"] = f"private, max-age={CARD_SECONDS}"
    return answer
