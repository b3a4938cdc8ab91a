"""Tags, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.models import User
from community.http.api.fields import Choice, Input, SearchQuery, Written
from community.http.api.operations import done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.strings import Html
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.spaces.access import get_space
from discussions.tags.access import get_tag
from discussions.tags.actions import describe_tag, prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.tags.queries import CountedTag, preference_of, synonyms_of, tags_with_counts

BY_USE = Order(("-topic_count", "name"))


class CountedTagShape(TypedDict):
    name: str
    # Of the topics that you may read.
    topic_count: int


class TagShape(TypedDict):
    name: str
    description: str
    description_html: Html
    # "follow", "mute", or null for neither.
    preference: str | None
    # Other names that mean it.
    synonyms: list[str]
    # Whether only moderators put it on topics.
    moderators_only: bool
    url: str


class TagsQuery(SearchQuery):
    space = serializers.CharField(required=False, help_text="The slug of a space: those in use.")


class Description(Written):
    pass


class Preference(Input):
    level = Choice(TagPreference.Level.values)


def tag_shape(tag: Tag, viewer: User) -> TagShape:
    """Two queries."""
    return {
        "name": tag.name,
        "description": tag.description_source,
        "description_html": Html(tag.description_html),
        "preference": preference_of(viewer, tag),
        "synonyms": list(synonyms_of(tag)),
        "moderators_only": tag.moderators_only,
        "url": tag.get_absolute_url(),
    }


class TagList(ApiView):
    area = "discussions"

    @operation("List tags, the most used first", query=TagsQuery, gives=PageOf(CountedTagShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        space = get_space(query["space"], viewer=self.person) if "space" in query else None
        found = tags_with_counts(self.person, space=space)
        found = found.filter(name__contains=query["q"].strip().lower())
        return answer_page(request, found, BY_USE, query, _tags)


def _tags(tags: Sequence[CountedTag]) -> list[CountedTagShape]:
    return [{"name": tag.name, "topic_count": tag.topic_count} for tag in tags]


class TagView(ApiView):
    area = "discussions"

    @operation("Read a tag", gives=TagShape)
    def get(self, request: Request, name: str) -> Response:
        tag = get_tag(name, viewer=self.person)
        return gave(tag_shape(tag, self.person), tag.description_version)


class DescriptionView(ApiView):
    area = "discussions"

    @operation("Say what a tag is for", sends=Description, gives=TagShape, versioned=True)
    def put(
        self, request: Request, name: str, sent: Mapping[str, Any], version: int | None
    ) -> Response:
        """For those who look after tags."""
        tag = get_tag(name, viewer=self.person)
        described = describe_tag(tag, by=self.person, source=sent["source"], based_on=version)
        return gave(tag_shape(described, self.person), described.description_version)


class PreferenceView(ApiView):
    area = "discussions"

    @operation("Follow or mute a tag", sends=Preference, gives=TagShape)
    def put(self, request: Request, name: str, sent: Mapping[str, Any]) -> Response:
        tag = get_tag(name, viewer=self.person)
        prefer_tag(tag, by=self.person, level=TagPreference.Level(sent["level"]))
        return gave(tag_shape(tag, self.person))

    @operation("Neither follow nor mute a tag")
    def delete(self, request: Request, name: str) -> Response:
        prefer_tag(get_tag(name, viewer=self.person), by=self.person, level=None)
        return done()


urlpatterns = [
    path("tags", TagList.as_view()),
    path("tags/<str:name>", TagView.as_view()),
    path("tags/<str:name>/description", DescriptionView.as_view()),
    path("tags/<str:name>/preference", PreferenceView.as_view()),
]
