"""Who asked for an account, and the answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.access import require_manage
from community.http.forms import status_of, submit
from community.http.keyset import Order, page_or_first
from community.http.requests import found_or_404, member, see_other
from community.invitations.access import get_account_request
from community.invitations.approvals import approve_account, decline_account
from community.invitations.forms import ReasonForm
from community.invitations.pages import head
from community.invitations.queries import account_requests

LONGEST_WAITING = Order(("at", "id"))
PAGE_ROWS = 25


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    require_manage(member(request))
    page, astray = page_or_first(request, account_requests(), LONGEST_WAITING, size=PAGE_ROWS)
    context = head(request, "requests") | {"page": page, "astray": astray}
    return render(request, "community/invitations/requests.html", context)


@require_POST
@found_or_404
def account_approve(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    approved = approve_account(get_account_request(public_id, viewer=by), by=by)
    said = _("%(name)s gets a letter and makes the account with it.")
    messages.success(request, said % vars(approved.invitation))
    return see_other(reverse("account_requests"))


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def account_decline(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    asked = get_account_request(public_id, viewer=by)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    done = submit(form, lambda: decline_account(asked, by=by, **form.cleaned_data))
    if done is not None:
        said = _("The request of %(name)s is declined.")
        messages.success(request, said % vars(asked.invitation))
        return see_other(reverse("account_requests"))
    context = head(request, "requests") | {"form": form, "asked": asked}
    status = status_of(form)
    return render(request, "community/invitations/decline.html", context, status=status)
