"""Names of tags, for programs of those who look after them."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Input, Text
from community.http.api.operations import done, gave, operation
from community.http.api.views import ApiView
from discussions.tags.access import get_tag
from discussions.tags.api import TagShape, tag_shape
from discussions.tags.tidying import add_synonym, remove_synonym, rename_tag, restrict_tag


class TagName(Input):
    name = Text()


class NameView(ApiView):
    area = "discussions"

    @operation("Give a tag another name", sends=TagName, gives=TagShape)
    def put(self, request: Request, name: str, sent: Mapping[str, Any]) -> Response:
        """For those who look after tags. The one that it had stays as a synonym."""
        tag = get_tag(name, viewer=self.person)
        renamed = rename_tag(tag, by=self.person, name=sent["name"])
        return gave(tag_shape(renamed, self.person), renamed.description_version)


class SynonymList(ApiView):
    area = "discussions"

    @operation("Let another name mean a tag", sends=TagName, gives=TagShape)
    def post(self, request: Request, name: str, sent: Mapping[str, Any]) -> Response:
        """For those who look after tags. A second time changes nothing."""
        tag = get_tag(name, viewer=self.person)
        widened = add_synonym(tag, by=self.person, name=sent["name"])
        return gave(tag_shape(widened, self.person), widened.description_version)


class SynonymView(ApiView):
    area = "discussions"

    @operation("Let a name no longer mean a tag")
    def delete(self, request: Request, name: str, synonym: str) -> Response:
        """For those who look after tags."""
        remove_synonym(get_tag(name, viewer=self.person), by=self.person, name=synonym)
        return done()


class RestrictionView(ApiView):
    area = "discussions"

    @operation("Let only moderators put a tag on topics")
    def put(self, request: Request, name: str) -> Response:
        """For those who look after tags."""
        restrict_tag(get_tag(name, viewer=self.person), by=self.person, moderators_only=True)
        return done()

    @operation("Let everybody put a tag on topics")
    def delete(self, request: Request, name: str) -> Response:
        restrict_tag(get_tag(name, viewer=self.person), by=self.person, moderators_only=False)
        return done()


urlpatterns = [
    path("tags/<str:name>/name", NameView.as_view()),
    path("tags/<str:name>/synonyms", SynonymList.as_view()),
    path("tags/<str:name>/synonyms/<str:synonym>", SynonymView.as_view()),
    path("tags/<str:name>/restriction", RestrictionView.as_view()),
]
