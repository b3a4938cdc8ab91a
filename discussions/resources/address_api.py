"""What is shared already under an address, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.models import User
from community.http.api.errors import BadQuery
from community.http.api.fields import PageQuery
from community.http.api.operations import operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf, Time, written
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.spaces.shapes import SpaceNameShape, space_name_shape
from discussions.resources.models import Resource
from discussions.resources.queries import resources_at

NEWEST = Order(("-shared_at", "-id"))
RATE = ("known", 120)


class SharedAlreadyShape(TypedDict):
    # Of the topic.
    id: str
    title: str
    space: SpaceNameShape
    shared_at: Time
    url: str


class AddressQuery(PageQuery):
    address = serializers.CharField(help_text="Of a page, however it was passed on.")


class ResourceList(ApiView):
    area = "discussions"

    @operation(
        "Look up what is shared already under an address",
        query=AddressQuery,
        gives=PageOf(SharedAlreadyShape),
        rate=RATE,
    )
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """Where you may read it, the latest first."""
        return answer_page(request, _found(query["address"], self.person), NEWEST, query, _shapes)


def _found(address: str, viewer: User) -> QuerySet[Resource]:
    try:
        return resources_at(address, viewer)
    except ValidationError as error:
        errors = [{"parameter": "address", "detail": said} for said in error.messages]
        raise BadQuery(errors) from error


def _shapes(resources: Sequence[Resource]) -> list[SharedAlreadyShape]:
    return [_shape(one) for one in resources]


def _shape(resource: Resource) -> SharedAlreadyShape:
    """resource comes with its topic and space."""
    topic = resource.topic
    return {
        "id": topic.public_id,
        "title": topic.title,
        "space": space_name_shape(topic.space),
        "shared_at": written(resource.shared_at),
        "url": topic.get_absolute_url(),
    }


urlpatterns = [path("resources", ResourceList.as_view())]
