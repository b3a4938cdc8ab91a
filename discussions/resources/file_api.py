"""Versions of shared files, and captions of videos, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Input, PageQuery, Text
from community.http.api.operations import created, done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from discussions.resources.access import get_shared_file
from discussions.resources.files import (
    add_version,
    bring_back_version,
    remove_captions,
    set_captions,
)
from discussions.resources.models import Version
from discussions.resources.queries import all_versions, captions_in
from discussions.resources.shapes import (
    CaptionsShape,
    VersionShape,
    captions_shape,
    version_shape,
)

NEWEST = Order(("-number",))


class NewVersion(Input):
    file = Text(help_text="The id of a file that you sent.")
    note = Text(required=False, default="", help_text="What is new in it.")


class CaptionsSent(Input):
    captions = Text(help_text="WebVTT or SubRip.")


class VersionList(ApiView):
    area = "discussions"

    @operation(
        "List the versions of a file, the newest first", query=PageQuery, gives=PageOf(VersionShape)
    )
    def get(self, request: Request, public_id: str, query: Mapping[str, Any]) -> Response:
        resource = get_shared_file(public_id, viewer=self.person)
        return answer_page(request, all_versions(resource), NEWEST, query, _versions)

    @operation(
        "Put a newer file in its place",
        sends=NewVersion,
        gives=VersionShape,
        status=201,
        keyed=True,
    )
    def post(self, request: Request, public_id: str, sent: Mapping[str, Any], key: str) -> Response:
        """The one that counted so far is kept."""
        topic = get_shared_file(public_id, viewer=self.person).topic
        file, note = sent["file"], sent["note"]
        version = add_version(topic, by=self.person, file=file, note=note, key=key)
        url = f"/api/v1/resources/{public_id}/versions/{version.number}"
        return created(version_shape(version), url)


def _versions(versions: Sequence[Version]) -> list[VersionShape]:
    return [version_shape(version) for version in versions]


class VersionView(ApiView):
    area = "discussions"

    @operation("Read a version of a file", gives=VersionShape)
    def get(self, request: Request, public_id: str, number: int) -> Response:
        resource = get_shared_file(public_id, viewer=self.person)
        return gave(version_shape(all_versions(resource).get(number=number)))


class ReturnView(ApiView):
    area = "discussions"

    @operation("Bring an earlier version back", gives=VersionShape)
    def post(self, request: Request, public_id: str, number: int) -> Response:
        """As the newest one."""
        topic = get_shared_file(public_id, viewer=self.person).topic
        return gave(version_shape(bring_back_version(topic, by=self.person, number=number)))


class CaptionsView(ApiView):
    area = "discussions"

    @operation("Read the captions of a video", gives=CaptionsShape)
    def get(self, request: Request, public_id: str, language: str) -> Response:
        resource = get_shared_file(public_id, viewer=self.person)
        return gave(captions_shape(captions_in(resource, language)))

    @operation("Give a video captions", sends=CaptionsSent, gives=CaptionsShape)
    def put(
        self, request: Request, public_id: str, language: str, sent: Mapping[str, Any]
    ) -> Response:
        """In the place of those it had in this language."""
        topic = get_shared_file(public_id, viewer=self.person).topic
        content = sent["captions"].encode()
        captions = set_captions(topic, by=self.person, language=language, content=content)
        return gave(captions_shape(captions))

    @operation("Take the captions of a video away")
    def delete(self, request: Request, public_id: str, language: str) -> Response:
        resource = get_shared_file(public_id, viewer=self.person)
        captions_in(resource, language)
        remove_captions(resource.topic, by=self.person, language=language)
        return done()


urlpatterns = [
    path("resources/<str:public_id>/versions", VersionList.as_view()),
    path("resources/<str:public_id>/versions/<int:number>", VersionView.as_view()),
    path("resources/<str:public_id>/versions/<int:number>/return", ReturnView.as_view()),
    path("resources/<str:public_id>/captions/<str:language>", CaptionsView.as_view()),
]
