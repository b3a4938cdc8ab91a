"""What stands in collections, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Input, PageQuery, Text, Whole
from community.http.api.operations import created, done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from learning.collections.access import (
    get_collection,
    get_item,
    get_living_collection,
    get_standing_item,
)
from learning.collections.items import (
    add_item,
    explain_item,
    move_item,
    remove_item,
    restore_item,
)
from learning.collections.models import CollectionItem
from learning.collections.queries import IN_ORDER, items_of, resource_at
from learning.collections.shapes import CollectionItemShape, item_shape


class NewItem(Input):
    topic = Text(help_text="The id or the address of a link or of know-how.")
    why = Text(required=False, default="", help_text="A sentence for whoever reads it.")


class Why(Input):
    why = Text(help_text="A sentence for whoever reads the collection.")


class Place(Input):
    place = Whole(min_value=1, max_value=1_000_000, help_text="Counted from 1, of what you read.")


class CollectionItemList(ApiView):
    area = "learning"

    @operation(
        "List what stands in a collection", query=PageQuery, gives=PageOf(CollectionItemShape)
    )
    def get(self, request: Request, public_id: str, query: Mapping[str, Any]) -> Response:
        """In its order, without what you may not read."""
        rows = items_of(get_collection(public_id, viewer=self.person), self.person)
        return answer_page(request, rows.select_related("collection"), IN_ORDER, query, _shapes)

    @operation(
        "Add a resource to a collection",
        sends=NewItem,
        gives=CollectionItemShape,
        status=201,
        keyed=True,
    )
    def post(self, request: Request, public_id: str, sent: Mapping[str, Any], key: str) -> Response:
        """At its end. For its owner and its curators."""
        collection = get_living_collection(public_id, viewer=self.person)
        topic = resource_at(sent["topic"], self.person)
        item = add_item(collection, topic, by=self.person, why=sent["why"], key=key)
        return created(item_shape(item), f"/api/v1/collection-items/{item.public_id}")


def _shapes(rows: Sequence[CollectionItem]) -> list[CollectionItemShape]:
    return [item_shape(row) for row in rows]


class CollectionItemView(ApiView):
    area = "learning"

    @operation("Read what stands in a collection", gives=CollectionItemShape)
    def get(self, request: Request, public_id: str) -> Response:
        return gave(item_shape(get_standing_item(public_id, viewer=self.person)))

    @operation("Remove a resource from a collection")
    def delete(self, request: Request, public_id: str) -> Response:
        remove_item(get_item(public_id, viewer=self.person), by=self.person)
        return done()


class CollectionItemSentenceView(ApiView):
    area = "learning"

    @operation("Say why a resource stands in a collection", sends=Why)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        item = get_item(public_id, viewer=self.person)
        explain_item(item, by=self.person, why=sent["why"])
        return done()


class CollectionItemPlaceView(ApiView):
    area = "learning"

    @operation("Move a resource within a collection", sends=Place)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """A place beyond the last one is the last one."""
        item = get_item(public_id, viewer=self.person)
        move_item(item, by=self.person, to=sent["place"] - 1)
        return done()


class CollectionItemRestorationView(ApiView):
    area = "learning"

    @operation("Put back what was removed from a collection")
    def post(self, request: Request, public_id: str) -> Response:
        restore_item(get_item(public_id, viewer=self.person), by=self.person)
        return done()


urlpatterns = [
    path("collections/<str:public_id>/items", CollectionItemList.as_view()),
    path("collection-items/<str:public_id>", CollectionItemView.as_view()),
    path("collection-items/<str:public_id>/sentence", CollectionItemSentenceView.as_view()),
    path("collection-items/<str:public_id>/place", CollectionItemPlaceView.as_view()),
    path("collection-items/<str:public_id>/restoration", CollectionItemRestorationView.as_view()),
]
