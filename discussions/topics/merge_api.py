"""Making one tag of two, for programs of those who look after tags."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.models import User
from community.http.api.fields import Input, Query, Text
from community.http.api.operations import gave, operation
from community.http.api.views import ApiView
from community.spaces.shapes import SpaceNameShape, space_name_shape
from discussions.tags.access import get_tag, require_tidy
from discussions.tags.api import TagShape, tag_shape
from discussions.tags.merging import preview_merge
from discussions.tags.models import Tag
from discussions.topics.merging import merge_tag


class MergeCountShape(TypedDict):
    space: SpaceNameShape
    topics: int


class MergePreviewShape(TypedDict):
    tag: str
    into: str
    # That you may read and that get the other tag.
    topics: int
    # By space, the first 20.
    spaces: list[MergeCountShape]
    more_spaces: int


class MergeQuery(Query):
    into = serializers.CharField(help_text="The name of the tag that stays.")


class Merging(Input):
    into = Text(help_text="The name of the tag that stays.")


class MergeView(ApiView):
    area = "discussions"

    @operation("See what a merge of tags changes", query=MergeQuery, gives=MergePreviewShape)
    def get(self, request: Request, name: str, query: Mapping[str, Any]) -> Response:
        """For those who look after tags."""
        tag = get_tag(name, viewer=self.person)
        require_tidy(self.person)
        into = get_tag(query["into"], viewer=self.person)
        preview = preview_merge(tag, viewer=self.person)
        spaces = [
            {"space": space_name_shape(count.space), "topics": count.topics}
            for count in preview.counts
        ]
        return gave(
            {
                "tag": tag.name,
                "into": into.name,
                "topics": preview.topics,
                "spaces": spaces,
                "more_spaces": preview.more_spaces,
            }
        )

    @operation("Merge a tag into another", sends=Merging, gives=TagShape)
    def post(self, request: Request, name: str, sent: Mapping[str, Any]) -> Response:
        """For those who look after tags. It can't be taken back; its name becomes a synonym."""
        tag = get_tag(name, viewer=self.person)
        require_tidy(self.person)
        into = merge_tag(tag, _other(sent["into"], self.person), by=self.person)
        return gave(tag_shape(into, self.person), into.description_version)


def _other(name: str, viewer: User) -> Tag:
    try:
        return get_tag(name, viewer=viewer)
    except Tag.DoesNotExist as error:
        sentence = _("There is no tag with this name: %(name)s.") % {"name": name}
        raise ValidationError({"into": sentence}) from error


urlpatterns = [path("tags/<str:name>/merge", MergeView.as_view())]
