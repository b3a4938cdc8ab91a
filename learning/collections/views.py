"""The list of collections, one of them, making and editing."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.http.conflicts import EditConflict, overlaps
from community.http.forms import status_of, submit
from community.http.keyset import page_or_first
from community.http.position import page_stream
from community.http.rate import limit_rate
from community.http.requests import found_or_404, member, see_other
from community.spaces.queries import writable_spaces
from frontend.htmx import render_page
from learning.collections.access import (
    can_curate,
    can_make,
    can_run,
    get_collection,
    get_living_collection,
    require_curate,
    require_make,
    require_run,
)
from learning.collections.actions import create_collection, edit_collection, set_people
from learning.collections.forms import CollectionEditForm, CollectionForm, PeopleForm
from learning.collections.models import Collection
from learning.collections.queries import (
    ALL,
    FOLLOWED,
    IN_ORDER,
    MINE,
    NEWEST,
    SHOWS,
    collections,
    curators_of,
    items_of,
    shown_items,
    with_counts_of,
)
from learning.library.tabs import COLLECTIONS_URL, tabs_beside_collections

ROWS = 20
ITEMS = 50


@require_safe
def collection_list(request: HttpRequest) -> HttpResponse:
    viewer, asked = member(request), request.GET.get("show", "")
    show = asked if asked in SHOWS else ALL
    page, astray = page_or_first(request, collections(viewer, show), NEWEST, size=ROWS)
    context = {
        "rows": page.rows,
        "show": show,
        "can_make": can_make(viewer),
        "tabs": tabs_beside_collections(),
        "shows": _shows(show),
        "astray": astray or asked not in {"", show},
        "newer_url": _url(show, before=page.newer),
        "older_url": _url(show, after=page.older),
        "page_stream": page_stream(request, "me"),
    }
    return render_page(request, "learning/collections/list.html", context)


def _shows(current: str) -> list[dict[str, Any]]:
    texts = {ALL: _("All"), FOLLOWED: _("I follow"), MINE: _("Mine")}
    return [
        {
            "text": texts[key],
            "url": COLLECTIONS_URL if key == ALL else f"{COLLECTIONS_URL}?show={key}",
            "current": key == current,
        }
        for key in SHOWS
    ]


def _url(show: str, **cursor: str | None) -> str:
    if not any(cursor.values()):
        return ""
    return "?" + urlencode(({} if show == ALL else {"show": show}) | cursor)


@require_safe
@found_or_404
def collection_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    viewer = member(request)
    collection = get_collection(public_id, viewer=viewer)
    page, astray = page_or_first(request, items_of(collection, viewer), IN_ORDER, size=ITEMS)
    context = {
        "collection": with_counts_of(collection, viewer),
        "items": shown_items(page.rows, viewer),
        "curators": curators_of(collection),
        "can_curate": can_curate(collection, viewer),
        "can_run": can_run(collection, viewer),
        "astray": astray,
        "newer_url": f"?before={page.newer}" if page.newer else "",
        "older_url": f"?after={page.older}" if page.older else "",
        "page_stream": page_stream(request, "me"),
    }
    return render_page(request, "learning/collections/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("collections", per_minute=30)
def collection_new(request: HttpRequest) -> HttpResponse:
    by = member(request)
    require_make(by)
    sent = request.POST if request.method == "POST" else None
    start = {"space": request.GET.get("space", "")[:100]}
    form = CollectionForm(sent, spaces=list(writable_spaces(by)), initial=start)
    made = submit(form, lambda: _create(form, request))
    if made is not None:
        return see_other(made.get_absolute_url())
    context = {"form": form, "page_stream": page_stream(request, "me")}
    template = "learning/collections/new.html"
    return render_page(request, template, context, status=status_of(form))


def _create(form: CollectionForm, request: HttpRequest) -> Collection:
    data = form.cleaned_data
    return create_collection(
        by=member(request),
        title=data["title"],
        description=data["description"],
        space=data["space"],
        key=data["key"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def collection_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    collection = get_living_collection(public_id, viewer=by)
    require_curate(collection, by)
    sent = request.POST if request.method == "POST" else None
    form = CollectionEditForm(sent, initial=_as_it_is(collection))
    try:
        saved = submit(form, lambda: _edit(collection, form, request))
    except EditConflict as conflict:
        return _conflict(request, conflict.current, form)
    if saved is not None:
        return see_other(saved.get_absolute_url())
    return _edit_page(request, collection, form, status=status_of(form))


def _as_it_is(collection: Collection) -> dict[str, Any]:
    return {
        "title": collection.title,
        "description": collection.description_source,
        "version": collection.version,
    }


def _edit(collection: Collection, form: CollectionEditForm, request: HttpRequest) -> Collection:
    data = form.cleaned_data
    return edit_collection(
        collection,
        by=member(request),
        title=data["title"],
        description=data["description"],
        based_on=data["version"],
    )


def _conflict(request: HttpRequest, current: Collection, typed: CollectionEditForm) -> HttpResponse:
    """409: what was typed stays in the form, now based on the texts that stand above it."""
    saved = _as_it_is(current)
    form = CollectionEditForm(initial=typed.cleaned_data | {"version": saved["version"]})
    found = overlaps(typed, saved)
    return _edit_page(request, current, form, status=409, overlaps=found)


def _edit_page(
    request: HttpRequest, collection: Collection, form: CollectionEditForm, **more: Any
) -> HttpResponse:
    status = more.pop("status")
    context = {"form": form, "collection": collection, "page_stream": page_stream(request, "me")}
    return render_page(request, "learning/collections/edit.html", context | more, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def collection_people(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    collection = get_living_collection(public_id, viewer=by)
    require_run(collection, by)
    start = {
        "owner": f"@{collection.owner.handle}" if collection.owner else "",
        "curators": " ".join(f"@{person.handle}" for person in curators_of(collection)),
    }
    form = PeopleForm(request.POST if request.method == "POST" else None, by=by, initial=start)
    saved = submit(form, lambda: set_people(collection, by=by, **form.cleaned_data))
    if saved is not None:
        messages.success(request, _("The collection has these people now."))
        return see_other(collection.get_absolute_url())
    context = {"form": form, "collection": collection, "page_stream": page_stream(request, "me")}
    template = "learning/collections/people.html"
    return render_page(request, template, context, status=status_of(form))
