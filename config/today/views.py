"""The first page: what waits and what is new for the person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.http.panels import render_panels
from community.http.position import page_stream
from community.http.requests import member
from config.today.greeting import greeting
from discussions.pages.feed import today_list
from discussions.pages.listing import blank_text


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    listing = today_list(request)
    context = {
        "listing": listing,
        "blank_text": blank_text(listing.tab),
        "greeting": greeting(member(request), timezone.localtime()),
        "panels": render_panels(request, "today"),
        "rail": render_panels(request, "today_rail"),
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "config/today/page.html", context)
