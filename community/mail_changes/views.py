"""Asking for another address, and what the links in the letters open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.accounts.confirming import confirmed
from community.http.forms import status_of, submit
from community.http.rate import limit_rate
from community.http.requests import member, see_other
from community.mail_changes.access import Part, get_change
from community.mail_changes.actions import (
    confirm_change,
    request_change,
    undo_change,
    withdraw_change,
)
from community.mail_changes.forms import MailForm
from community.mail_changes.models import MailChange

ACCOUNT_URL = "/me/account"
PAGES = "community/mail_changes"


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("mail-changes", per_minute=5)
@confirmed
def my_mail(request: HttpRequest) -> HttpResponse:
    form = MailForm(request.POST if request.method == "POST" else None)
    if form.is_bound and submit(form, lambda: _ask(form, request)) is not None:
        messages.success(request, _("Two letters are on their way: one to each address."))
        return see_other(ACCOUNT_URL)
    return render(request, f"{PAGES}/ask.html", {"form": form}, status=status_of(form))


def _ask(form: MailForm, request: HttpRequest) -> MailChange:
    return request_change(form.cleaned_data["email"], by=member(request))


@require_POST
def my_mail_withdraw(request: HttpRequest) -> HttpResponse:
    withdraw_change(by=member(request))
    messages.success(request, _("Your address stays as it is."))
    return see_other(ACCOUNT_URL)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_change(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button: mail programs open links on their own, and that must change nothing."""
    try:
        change, part = get_change(token)
        if request.method == "POST":
            return _use(request, change, part)
    except MailChange.DoesNotExist:
        return render(request, f"{PAGES}/void.html", status=404)
    confirmed_at = change.old_confirmed_at if part == Part.OLD else change.new_confirmed_at
    context = {"change": change, "undoes": part == Part.UNDO, "confirmed_at": confirmed_at}
    return render(request, f"{PAGES}/use.html", context)


def _use(request: HttpRequest, change: MailChange, part: Part) -> HttpResponse:
    try:
        if part == Part.UNDO:
            undo_change(change)
        else:
            confirm_change(change, part)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return see_other(request.path)
