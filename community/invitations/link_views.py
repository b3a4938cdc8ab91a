"""Links by which several people come in."""

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
from community.invitations.access import get_link
from community.invitations.actions import make_invitation_link, withdraw_link
from community.invitations.forms import LinkForm
from community.invitations.pages import head
from community.invitations.queries import links
from community.invitations.tokens import url_of

NEWEST = Order(("-id",))
PAGE_ROWS = 25


@require_safe
def link_list(request: HttpRequest) -> HttpResponse:
    require_manage(member(request))
    page, astray = page_or_first(request, links(), NEWEST, size=PAGE_ROWS)
    context = head(request, "links") | {"page": page, "astray": astray}
    return render(request, "community/invitations/links.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("invitation-links", per_minute=20)
def link_new(request: HttpRequest) -> HttpResponse:
    by = member(request)
    require_manage(by)
    sent = request.POST if request.method == "POST" else None
    form = LinkForm(sent, by=by, units=units_in_order())
    made = submit(
        form, lambda: make_invitation_link(form.terms(), by=by, key=form.cleaned_data["key"])
    )
    if made is not None:
        return see_other(reverse("invite_link", args=[made.public_id]))
    context = head(request, "") | {"form": form}
    return render(request, "community/invitations/link_new.html", context, status=status_of(form))


@require_safe
@found_or_404
def link_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    link = get_link(public_id, viewer=member(request))
    context = head(request, "") | {"link": link, "address": url_of(link)}
    return render(request, "community/invitations/link.html", context)


@require_POST
@found_or_404
def link_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    if withdraw_link(get_link(public_id, viewer=by), by=by):
        messages.success(request, _("The link is closed."))
    else:
        messages.warning(request, _("This link was closed already."))
    return see_other(reverse("invite_links"))
