"""Links that don't answer any more, for programs of who shared them."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.db.models import F
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import PageQuery
from community.http.api.operations import operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf, Time, written
from community.http.api.views import ApiView
from community.http.keyset import Order
from discussions.resources.queries import all_broken_of

LATEST = Order(("-broken_since", "-id"))
# Resources with an attribute more than their class declares, which the type checker can't name.
Annotated = Any


class BrokenLinkShape(TypedDict):
    # Of the topic.
    id: str
    title: str
    # Of the page that doesn't answer.
    address: str
    broken_since: Time
    url: str


class BrokenLinkList(ApiView):
    area = "discussions"

    @operation(
        "List links of yours that don't answer any more",
        query=PageQuery,
        gives=PageOf(BrokenLinkShape),
    )
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """What you shared, the latest to fail first. Another address mends it."""
        rows = all_broken_of(self.person).annotate(broken_since=F("link__broken_since"))
        return answer_page(request, rows.select_related("link"), LATEST, query, _shapes)


def _shapes(resources: Sequence[Annotated]) -> list[BrokenLinkShape]:
    return [_shape(one) for one in resources]


def _shape(resource: Annotated) -> BrokenLinkShape:
    """resource comes with its topic and its link."""
    topic = resource.topic
    return {
        "id": topic.public_id,
        "title": topic.title,
        "address": resource.link.url,
        "broken_since": written(resource.broken_since),
        "url": topic.get_absolute_url(),
    }


urlpatterns = [path("me/broken-links", BrokenLinkList.as_view())]
