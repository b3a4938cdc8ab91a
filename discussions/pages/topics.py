"""The page of a topic, and the addresses that lead to it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from community.http.requests import found_or_404, member
from discussions.pages.queries import origin_url, place_of
from discussions.pages.thread import empty_message, render_topic
from discussions.topics.access import get_numbered_post, get_topic


@require_safe
@found_or_404
def topic_show(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    topic = get_topic(public_id, viewer=member(request))
    if slug != topic.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(topic.get_absolute_url() + (f"?{query}" if query else ""))
    return render_topic(request, topic, empty_message(request, topic))


@require_safe
@found_or_404
def post_locate(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Lead to the page of the topic that holds the post, and there to the post."""
    viewer = member(request)
    topic = get_topic(public_id, viewer=viewer)
    cursor = place_of(get_numbered_post(topic, number, viewer=viewer), viewer=viewer)
    query = "?" + urlencode({"after": cursor}) if cursor else ""
    return redirect(f"{topic.get_absolute_url()}{query}#p{number}")


@require_safe
@found_or_404
def origin_redirect(request: HttpRequest, system: str, kind: str, external_id: str) -> HttpResponse:
    """Lead from a thing's id in the system that it was imported from to where it is now."""
    return redirect(origin_url(system, kind, external_id, viewer=member(request)))
