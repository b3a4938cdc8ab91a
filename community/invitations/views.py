"""Inviting single colleagues, and the list of who is invited."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.access import require_manage
from community.accounts.queries import units_in_order
from community.http.forms import status_of, submit
from community.http.keyset import Order, page_or_first
from community.http.rate import limit_rate
from community.http.requests import found_or_404, member, see_other
from community.invitations.access import get_site_invitation
from community.invitations.actions import invite, invite_again, withdraw_invitation
from community.invitations.forms import InvitationForm
from community.invitations.pages import head
from community.invitations.queries import invitations

NEWEST = Order(("-id",))
PAGE_ROWS = 25
SHOWN = {"accepted", "ended"}


@require_safe
def invite_list(request: HttpRequest) -> HttpResponse:
    require_manage(member(request))
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    page, astray = page_or_first(request, invitations(show), NEWEST, size=PAGE_ROWS)
    context = head(request, show or "open") | {"page": page, "astray": astray, "show": show}
    return render(request, "community/invitations/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("invitations", per_minute=60)
def invite_new(request: HttpRequest) -> HttpResponse:
    by = member(request)
    require_manage(by)
    sent = request.POST if request.method == "POST" else None
    form = InvitationForm(sent, by=by, units=units_in_order())
    made = submit(form, lambda: invite(form.wish(), by=by, key=form.cleaned_data["key"]))
    if made is not None:
        messages.success(request, _("%(email)s is invited. The letter is on its way.") % vars(made))
        return see_other(reverse("invite_list"))
    context = head(request, "") | {"form": form}
    return render(request, "community/invitations/new.html", context, status=status_of(form))


@require_POST
@found_or_404
def invite_repeat(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    invitation = get_site_invitation(public_id, viewer=by)
    if invite_again(invitation, by=by):
        messages.success(request, _("The letter goes to %(email)s again.") % vars(invitation))
    else:
        messages.warning(request, _("This invitation is over. Invite the address again."))
    return see_other(reverse("invite_list"))


@require_POST
@found_or_404
def invite_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    invitation = get_site_invitation(public_id, viewer=by)
    if withdraw_invitation(invitation, by=by):
        said = _("The invitation of %(email)s is withdrawn.")
        messages.success(request, said % vars(invitation))
    else:
        messages.warning(request, _("This invitation was over already."))
    return see_other(reverse("invite_list"))
