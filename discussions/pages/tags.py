"""All tags, the page of one, and what somebody wants of it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.models import User
from community.http.conflicts import EditConflict, Overlap, overlaps
from community.http.forms import status_of, submit
from community.http.keyset import Order, page_or_first
from community.http.position import page_stream
from community.http.rate import limit_rate
from community.http.requests import found_or_404, member, see_other
from community.spaces.queries import my_memberships
from discussions.pages.forms import TagForm
from discussions.pages.listing import TABS, blank_text, make_listing
from discussions.pages.preview import rendered_preview
from discussions.tags.access import can_describe, can_tidy, get_tag, require_describe
from discussions.tags.actions import describe_tag, prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.tags.queries import (
    CountedTag,
    preference_of,
    suggest_tags,
    synonyms_of,
    tags_with_counts,
)
from discussions.topics.models import Topic
from frontend.htmx import render_page

BY_USE = Order(("-topic_count", "name"))
TAGS_A_PAGE = 60
MAX_QUERY = 35


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    viewer, query = member(request), request.GET.get("q", "").strip().lower()[:MAX_QUERY]
    spaces = {one.space.slug: one.space for one in my_memberships(viewer)}
    space = spaces.get(request.GET.get("space", ""))
    found = tags_with_counts(viewer, space=space).filter(name__contains=query)
    page, astray = page_or_first(request, found, BY_USE, size=TAGS_A_PAGE)
    context = {
        "tags": page.rows,
        "query": query,
        "spaces": spaces.values(),
        "space": space,
        "can_tidy": can_tidy(viewer),
        "astray": astray,
        "newer": page.newer,
        "older": page.older,
        "page_stream": page_stream(request, "me"),
    }
    return render_page(request, "discussions/pages/tags.html", context)


@require_safe
@found_or_404
def tag_show(request: HttpRequest, name: str) -> HttpResponse:
    viewer = member(request)
    tag = get_tag(name, viewer=viewer)
    if name != tag.name:
        return redirect(tag.get_absolute_url())
    topics = Topic.objects.visible_to(viewer).filter(topic_tags__tag=tag)
    listing = make_listing(request, topics, viewer, tabs=TABS)
    context: dict[str, Any] = {
        "tag": tag,
        "ask_url": "/ask?" + urlencode({"tags": tag.name}),
        "listing": listing,
        "preference": preference_of(viewer, tag),
        "synonyms": synonyms_of(tag),
        "can_describe": can_describe(viewer),
        "blank_text": blank_text(listing.tab),
        "page_stream": page_stream(request, "me"),
    }
    return render_page(request, "discussions/pages/tag.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def tag_edit(request: HttpRequest, name: str) -> HttpResponse:
    by = member(request)
    tag = get_tag(name, viewer=by)
    require_describe(by)
    sent = request.POST if request.method == "POST" else None
    form = TagForm(sent, initial=_as_it_is(tag))
    if "preview" in request.POST:
        return _render_edit(
            request, tag, form, preview=rendered_preview(request, request.POST.get("source", ""))
        )
    try:
        saved = submit(form, lambda: _describe(tag, form, by))
    except EditConflict as conflict:
        return _edit_conflict(request, conflict.current, form)
    if saved:
        return see_other(tag.get_absolute_url())
    return _render_edit(request, tag, form, status=status_of(form))


def _as_it_is(tag: Tag) -> dict[str, Any]:
    return {"source": tag.description_source, "version": tag.description_version}


def _describe(tag: Tag, form: TagForm, by: User) -> Tag:
    typed = form.cleaned_data
    return describe_tag(tag, by=by, source=typed["source"], based_on=typed["version"])


def _edit_conflict(request: HttpRequest, current: Tag, typed: TagForm) -> HttpResponse:
    """409: what was typed stays in the form, now based on the text that stands above it."""
    saved = _as_it_is(current)
    form = TagForm(initial=typed.cleaned_data | {"version": saved["version"]})
    return _render_edit(request, current, form, status=409, overlaps=overlaps(typed, saved))


def _render_edit(
    request: HttpRequest,
    tag: Tag,
    form: TagForm,
    *,
    preview: str = "",
    status: int = 200,
    overlaps: Sequence[Overlap] = (),
) -> HttpResponse:
    context = {"tag": tag, "form": form, "preview_html": preview, "overlaps": overlaps}
    return render_page(request, "discussions/pages/tag_edit.html", context, status=status)


@require_POST
@found_or_404
def tag_prefer(request: HttpRequest, name: str) -> HttpResponse:
    """The field level is follow, mute, or empty for neither."""
    tag = get_tag(name, viewer=member(request))
    level = request.POST.get("level", "")
    chosen = TagPreference.Level(level) if level in TagPreference.Level.values else None
    prefer_tag(tag, by=member(request), level=chosen)
    return see_other(tag.get_absolute_url())


@require_safe
@limit_rate("tags", per_minute=300, methods=("GET", "HEAD"))
def tag_suggest(request: HttpRequest) -> JsonResponse:
    """Names or synonyms that begin with ?q=, names that hold it; topics that they may read."""
    found = suggest_tags(request.GET.get("q", "")[:MAX_QUERY], viewer=member(request))
    return JsonResponse({"tags": [_suggested(tag) for tag in found]})


def _suggested(tag: CountedTag) -> dict[str, Any]:
    row = {"name": tag.name, "count": tag.topic_count}
    return row | {"synonym": tag.synonym} if tag.synonym else row
