"""All ratings of a resource; the page of its topic shows the latest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.http.keyset import Order, page_or_first
from community.http.position import page_stream
from community.http.requests import found_or_404, member
from discussions.resources.access import get_resource
from discussions.resources.queries import ratings_of

LATEST = Order(("-at", "-id"))
PAGE_ROWS = 25


@require_safe
@found_or_404
def rating_list(request: HttpRequest, public_id: str) -> HttpResponse:
    resource = get_resource(public_id, viewer=member(request))
    page, astray = page_or_first(request, ratings_of(resource), LATEST, size=PAGE_ROWS)
    topic = resource.topic
    context = {
        "topic": topic,
        "page": page,
        "astray": astray,
        "page_stream": page_stream(request, f"topic:{topic.public_id}"),
    }
    return render(request, "discussions/pages/ratings.html", context)
