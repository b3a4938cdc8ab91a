"""What one presses on the page of a collection: delete, restore, follow, mark as seen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.http.requests import found_or_404, member, page_before, see_other
from learning.collections.access import get_collection, get_living_collection
from learning.collections.actions import delete_collection, restore_collection
from learning.collections.following import (
    follow_collection,
    see_collection,
    unfollow_collection,
)
from learning.library.tabs import COLLECTIONS_URL


@require_POST
@found_or_404
def collection_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    collection = get_collection(public_id, viewer=member(request))
    delete_collection(collection, by=member(request))
    undo = f"undo:{collection.get_absolute_url()}/restoration"
    messages.success(request, _("The collection is deleted."), extra_tags=undo)
    return see_other(COLLECTIONS_URL)


@require_POST
@found_or_404
def collection_restore(request: HttpRequest, public_id: str) -> HttpResponse:
    collection = get_collection(public_id, viewer=member(request))
    restore_collection(collection, by=member(request))
    return see_other(collection.get_absolute_url())


@require_POST
@found_or_404
def collection_follow(request: HttpRequest, public_id: str) -> HttpResponse:
    collection = get_living_collection(public_id, viewer=member(request))
    follow_collection(collection, by=member(request))
    return see_other(page_before(request, collection.get_absolute_url()))


@require_POST
@found_or_404
def collection_unfollow(request: HttpRequest, public_id: str) -> HttpResponse:
    collection = get_living_collection(public_id, viewer=member(request))
    unfollow_collection(collection, by=member(request))
    return see_other(page_before(request, collection.get_absolute_url()))


@require_POST
@found_or_404
def collection_see(request: HttpRequest, public_id: str) -> HttpResponse:
    collection = get_living_collection(public_id, viewer=member(request))
    see_collection(collection, by=member(request))
    return see_other(page_before(request, collection.get_absolute_url()))
