"""The spaces that new people join by their unit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.accounts.access import require_manage
from community.accounts.queries import units_in_order
from community.audiences.access import get_default_space
from community.audiences.actions import remove_default_space, set_default_space
from community.audiences.forms import DefaultSpaceForm
from community.audiences.queries import default_spaces
from community.http.forms import status_of, submit
from community.http.keyset import Order, page_or_first
from community.http.position import page_stream
from community.http.requests import found_or_404, member, see_other
from community.spaces.bringing_in import spaces_to_offer

NEWEST = Order(("-id",))
PAGE_ROWS = 25
MAX_SPACES_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def default_spaces_page(request: HttpRequest) -> HttpResponse:
    by = member(request)
    require_manage(by)
    sent = request.POST if request.method == "POST" else None
    spaces = list(spaces_to_offer(by)[:MAX_SPACES_SHOWN])
    form = DefaultSpaceForm(sent, spaces=spaces, units=units_in_order())
    if submit(form, lambda: set_default_space(**form.cleaned_data, by=by)) is not None:
        messages.success(request, _("New people of that unit join the space."))
        return see_other(reverse("default_spaces"))
    page, astray = page_or_first(request, default_spaces(by), NEWEST, size=PAGE_ROWS)
    context = {"page": page, "astray": astray, "form": form}
    context["page_stream"] = page_stream(request, "me")
    return render(request, "community/audiences/defaults.html", context, status=status_of(form))


@require_POST
@found_or_404
def default_space_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    remove_default_space(get_default_space(public_id, viewer=by), by=by)
    messages.success(request, _("New people no longer join it; who is in stays in."))
    return see_other(reverse("default_spaces"))
