"""Tags that no topic carries, for programs of those who look after tags."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Input, PageQuery, Text
from community.http.api.operations import gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf, Time, written
from community.http.api.views import ApiView
from community.http.keyset import Order
from discussions.tags.access import require_tidy
from discussions.tags.models import Tag
from discussions.topics.unused import AT_ONCE, remove_unused, unused_tags

OLDEST = Order(("created_at", "id"))


class UnusedTagShape(TypedDict):
    name: str
    created_at: Time


class RemovedShape(TypedDict):
    # How many are gone.
    removed: int


class UnusedChosen(Input):
    tags = serializers.ListField(
        child=Text(), min_length=1, max_length=AT_ONCE, help_text="Names of unused tags."
    )


class UnusedTagList(ApiView):
    area = "discussions"

    @operation("List unused tags, the oldest first", query=PageQuery, gives=PageOf(UnusedTagShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """For those who look after tags: what no topic carries where you may read."""
        require_tidy(self.person)
        return answer_page(request, unused_tags(self.person), OLDEST, query, _shapes)


def _shapes(tags: Sequence[Tag]) -> list[UnusedTagShape]:
    return [{"name": tag.name, "created_at": written(tag.created_at)} for tag in tags]


class UnusedRemovalView(ApiView):
    area = "discussions"

    @operation("Remove unused tags", sends=UnusedChosen, gives=RemovedShape)
    def post(self, request: Request, sent: Mapping[str, Any]) -> Response:
        """For those who look after tags. One that is gone, or in use again, is passed over."""
        return gave({"removed": remove_unused(sent["tags"], by=self.person)})


urlpatterns = [
    path("unused-tags", UnusedTagList.as_view()),
    path("unused-tags/removal", UnusedRemovalView.as_view()),
]
