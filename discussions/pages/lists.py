"""The lists: all questions, all discussions, and what is in one space."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.http.panels import render_panels
from community.http.position import page_stream
from community.http.requests import found_or_404, member
from community.spaces.access import can_read, get_space, moderates
from community.spaces.models import Space
from community.spaces.queries import head, outside
from discussions.pages.filters import is_filtered
from discussions.pages.listing import (
    TABS,
    Listing,
    blank_text,
    chosen_tab,
    make_listing,
    pinned_in,
    questions,
    talks,
)
from discussions.topics.models import Kind, Topic
from frontend.htmx import render_page

LIST = "discussions/pages/list.html"
TALKS = [kind for kind in Kind if kind != Kind.QUESTION]
TALK_TABS = tuple(tab for tab in TABS if tab.key != "unanswered")


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    viewer = member(request)
    listing = make_listing(request, questions(viewer), viewer, kinds=[Kind.QUESTION])
    return _render_list(request, listing, _("Questions"), Kind.QUESTION, _("Ask a question"))


@require_safe
def discussion_list(request: HttpRequest) -> HttpResponse:
    viewer = member(request)
    listing = make_listing(request, talks(viewer), viewer, tabs=TALK_TABS, kinds=TALKS)
    title, start = _("Discussions"), _("Start a discussion")
    return _render_list(request, listing, title, Kind.DISCUSSION, start)


def _render_list(
    request: HttpRequest, listing: Listing, title: str, kind: str, start: str
) -> HttpResponse:
    context = {
        "title": title,
        "listing": listing,
        "start_url": f"/ask?kind={kind}",
        "start": start,
        "kind": kind,
        "blank_text": blank_text(listing.tab),
        "page_stream": page_stream(request, "me"),
        "panels": render_panels(request, kind),
    }
    return render_page(request, LIST, context)


@require_safe
@found_or_404
def space_show(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = member(request)
    space = get_space(slug, viewer=viewer)
    if space.slug != slug:
        return redirect(space)
    if not can_read(space, viewer):
        return render_page(request, "discussions/pages/space_closed.html", outside(space, viewer))
    topics = Topic.objects.visible_to(viewer).filter(space=space)
    plain = chosen_tab(request) is TABS[0] and not is_filtered(request.GET)
    pinned = list(pinned_in(space, viewer)) if plain else []
    # Each stands once: on top of the first page, and not again in the list.
    rest = topics.exclude(pk__in=[topic.pk for topic in pinned])
    listing = make_listing(request, rest, viewer, in_space=True, pinned=pinned)
    return _render_space(request, space, listing)


def _render_space(request: HttpRequest, space: Space, listing: Listing) -> HttpResponse:
    viewer = member(request)
    context = head(space, viewer, "topics") | {
        "listing": listing,
        "blank_text": blank_text(listing.tab),
        "page_stream": page_stream(request, f"space:{space.public_id}"),
        "panels": render_panels(request, "space", space),
        "may_announce": moderates(space, viewer),
    }
    return render_page(request, "discussions/pages/space.html", context)
