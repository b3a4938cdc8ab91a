"""Putting resources into collections, explaining, moving and removing them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.http.forms import status_of, submit
from community.http.position import page_stream
from community.http.requests import found_or_404, member, page_before, see_other
from discussions.resources.access import get_resource
from frontend.htmx import render_page
from learning.collections.access import can_make, get_item, get_living_collection, require_curate
from learning.collections.forms import ChooseForm, ItemForm, WhyForm
from learning.collections.items import (
    add_item,
    explain_item,
    remove_item,
    restore_item,
    shift_item,
)
from learning.collections.models import Collection, CollectionItem
from learning.collections.queries import (
    MAX_CHOICES,
    collections_with,
    curated_collections,
    find_resources,
    resource_at,
)


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def item_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the collection: by an address that is pasted, or chosen from what words find."""
    by = member(request)
    collection = get_living_collection(public_id, viewer=by)
    require_curate(collection, by)
    start = {"topic": request.GET.get("topic", "")[:100]}
    form = ItemForm(request.POST if request.method == "POST" else None, initial=start)
    added = submit(form, lambda: _add(collection, form, request))
    if added is not None:
        messages.success(request, _("It stands at the end of the collection."))
        return see_other(collection.get_absolute_url())
    words = request.GET.get("q", "").strip()[:100]
    context = {
        "form": form,
        "collection": collection,
        "words": words,
        "found": find_resources(words, by),
        "page_stream": page_stream(request, "me"),
    }
    template = "learning/collections/add.html"
    return render_page(request, template, context, status=status_of(form))


def _add(collection: Collection, form: ItemForm, request: HttpRequest) -> CollectionItem:
    data, by = form.cleaned_data, member(request)
    return add_item(collection, resource_at(data["topic"], by), by=by, why=data["why"])


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def resource_collect(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the resource: into one of the collections that one curates."""
    by = member(request)
    topic = get_resource(public_id, viewer=by).topic
    mine = list(curated_collections(by)[:MAX_CHOICES])
    form = ChooseForm(request.POST if request.method == "POST" else None, collections=mine)
    added = submit(form, lambda: _collect(form, topic, request))
    if added is not None:
        said = _("It is in “%(title)s” now.") % {"title": added.collection.title}
        messages.success(request, said, extra_tags=f"undo:{added.url}/removal")
        return see_other(topic.get_absolute_url())
    context = {
        "form": form,
        "topic": topic,
        "has_any": bool(mine),
        "can_make": can_make(by),
        "known": collections_with(topic, by),
        "page_stream": page_stream(request, "me"),
    }
    template = "learning/collections/collect.html"
    return render_page(request, template, context, status=status_of(form))


def _collect(form: ChooseForm, topic: Any, request: HttpRequest) -> CollectionItem:
    data = form.cleaned_data
    try:
        return add_item(data["collection"], topic, by=member(request), why=data["why"])
    except ValidationError as error:
        # Here the resource is given, and the collection is what one chooses.
        found = error.update_error_dict({})
        if "topic" in found:
            found["collection"] = found.pop("topic")
        raise ValidationError(found) from error


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def item_explain(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    item = get_item(public_id, viewer=by)
    require_curate(item.collection, by)
    sent = request.POST if request.method == "POST" else None
    form = WhyForm(sent, initial={"why": item.why})
    saved = submit(form, lambda: explain_item(item, by=by, why=form.cleaned_data["why"]))
    if saved is not None:
        return see_other(item.collection.get_absolute_url())
    context = {"form": form, "item": item, "page_stream": page_stream(request, "me")}
    template = "learning/collections/explain.html"
    return render_page(request, template, context, status=status_of(form))


@require_POST
@found_or_404
def item_up(request: HttpRequest, public_id: str) -> HttpResponse:
    return _shift(request, public_id, -1)


@require_POST
@found_or_404
def item_down(request: HttpRequest, public_id: str) -> HttpResponse:
    return _shift(request, public_id, 1)


def _shift(request: HttpRequest, public_id: str, steps: int) -> HttpResponse:
    item = get_item(public_id, viewer=member(request))
    shift_item(item, by=member(request), steps=steps)
    return see_other(page_before(request, item.collection.get_absolute_url()))


@require_POST
@found_or_404
def item_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    item = get_item(public_id, viewer=member(request))
    remove_item(item, by=member(request))
    undo = f"undo:{item.url}/restoration"
    messages.success(request, _("It is out of the collection."), extra_tags=undo)
    return see_other(page_before(request, item.collection.get_absolute_url()))


@require_POST
@found_or_404
def item_restore(request: HttpRequest, public_id: str) -> HttpResponse:
    item = get_item(public_id, viewer=member(request))
    try:
        restore_item(item, by=member(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(page_before(request, item.collection.get_absolute_url()))
