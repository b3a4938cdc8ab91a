"""Sharing resources, describing, using and rating them, for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.models import User
from community.http.api.errors import ThereAlready
from community.http.api.fields import Choice, Flag, Input, PageQuery, Text, Whole
from community.http.api.operations import ExistingShape, created, done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.spaces.access import space_named
from discussions.resources.access import get_resource
from discussions.resources.actions import (
    describe_resource,
    rate_resource,
    share_link,
    unrate_resource,
    unuse_resource,
    use_resource,
)
from discussions.resources.files import share_file
from discussions.resources.keeping import Details
from discussions.resources.languages import CODES
from discussions.resources.models import Level, Rating
from discussions.resources.queries import already_shared, ratings_of
from discussions.resources.shapes import (
    RatingShape,
    ResourceShape,
    rating_shape,
    resource_shape,
)
from discussions.topics.models import Topic

LATEST = Order(("-at", "-id"))
DETAILS = ("minutes", "level", "language")


class DetailsSent(Input):
    minutes = Whole(required=False, allow_null=True, help_text="What it takes; null for unknown.")
    level = Choice(["", *Level.values], required=False, help_text='"" for everybody.')
    language = Choice(["", *CODES], required=False, help_text='"" where nobody says.')


class NewResource(DetailsSent):
    space = Text(help_text="The slug of a space that you may read.")
    title = Text(required=False, default="", help_text='"" takes that of the page or file.')
    source = Text(  # type: ignore[assignment]  # a field, not DRF's attribute
        help_text="What it is good for, in Markdown."
    )
    tags = serializers.ListField(child=Text(), help_text="1 to 5 names.")


class NewLink(NewResource):
    url = Text(help_text="The address of a page.")
    again = Flag(required=False, default=False, help_text="Share it although it is shared already.")


class NewFile(NewResource):
    file = Text(help_text="The id of a file that you sent.")


class ResourceEdit(DetailsSent):
    url = Text(required=False, help_text="Of a link only.")


class RatingSent(Input):
    stars = Whole(help_text="1 to 5.")
    sentence = Text(required=False, default="", help_text="Why.")


class LinkList(ApiView):
    area = "discussions"

    @operation("Share a link", sends=NewLink, gives=ResourceShape, status=201, keyed=True)
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        """A page, or a video on another site. One that is shared already where you may read it is
        refused, and named."""
        if not sent["again"]:
            _require_new(sent["url"], self.person, key)
        topic = share_link(url=sent["url"], **_shared(sent, self.person), key=key)
        return _created(topic, self.person)


def _require_new(url: str, by: User, key: str) -> None:
    if known := already_shared(url, by, key=key):
        raise ThereAlready(
            "again", _("This page is shared already."), [_existing(one.topic) for one in known]
        )


def _existing(topic: Topic) -> ExistingShape:
    return {"id": topic.public_id, "title": topic.title, "url": topic.get_absolute_url()}


class SharedFileList(ApiView):
    area = "discussions"

    @operation("Share a file or video", sends=NewFile, gives=ResourceShape, status=201, keyed=True)
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        """Send the file itself first."""
        topic = share_file(file=sent["file"], **_shared(sent, self.person), key=key)
        return _created(topic, self.person)


def _shared(sent: Mapping[str, Any], by: User) -> dict[str, Any]:
    """What both take."""
    given = {name: sent[name] for name in DETAILS if name in sent}
    return {
        "space": space_named(sent["space"], "space", viewer=by),
        "by": by,
        "title": sent["title"],
        "source": sent["source"],
        "tags": sent["tags"],
        "details": Details(**given),
    }


def _created(topic: Topic, viewer: User) -> Response:
    url = f"/api/v1/resources/{topic.public_id}"
    shape = resource_shape(topic, viewer)
    return created(shape, url, shape["version"])


class ResourceView(ApiView):
    area = "discussions"

    @operation("Read what is shared", gives=ResourceShape)
    def get(self, request: Request, public_id: str) -> Response:
        """A link, a file, a video or an article; its text is that of the topic."""
        return self._gave(get_resource(public_id, viewer=self.person).topic)

    @operation("Change what is said of it", sends=ResourceEdit, gives=ResourceShape, versioned=True)
    def patch(
        self, request: Request, public_id: str, sent: Mapping[str, Any], version: int | None
    ) -> Response:
        """For its author and for moderators."""
        resource = get_resource(public_id, viewer=self.person)
        if "url" in sent and not hasattr(resource, "link"):
            raise ValidationError({"url": _("Only a link has an address.")})
        saved = Details(resource.minutes, resource.level, resource.language)
        given = {name: sent[name] for name in DETAILS if name in sent}
        edited = describe_resource(
            resource.topic,
            by=self.person,
            details=replace(saved, **given),
            based_on=resource.version if version is None else version,
            url=sent.get("url"),
        )
        return self._gave(edited.topic)

    def _gave(self, topic: Topic) -> Response:
        shape = resource_shape(topic, self.person)
        return gave(shape, shape["version"])


class UseView(ApiView):
    area = "discussions"

    @operation("Say that you used it")
    def put(self, request: Request, public_id: str) -> Response:
        use_resource(get_resource(public_id, viewer=self.person).topic, by=self.person)
        return done()

    @operation("Say that you did not use it")
    def delete(self, request: Request, public_id: str) -> Response:
        unuse_resource(get_resource(public_id, viewer=self.person).topic, by=self.person)
        return done()


class RatingView(ApiView):
    area = "discussions"

    @operation("Rate it", sends=RatingSent, gives=RatingShape)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """What somebody else shared; it replaces your earlier rating."""
        topic = get_resource(public_id, viewer=self.person).topic
        said = {"stars": sent["stars"], "sentence": sent["sentence"]}
        return gave(rating_shape(rate_resource(topic, by=self.person, **said)))

    @operation("Take your rating back")
    def delete(self, request: Request, public_id: str) -> Response:
        unrate_resource(get_resource(public_id, viewer=self.person).topic, by=self.person)
        return done()


class RatingList(ApiView):
    area = "discussions"

    @operation("List ratings, the latest first", query=PageQuery, gives=PageOf(RatingShape))
    def get(self, request: Request, public_id: str, query: Mapping[str, Any]) -> Response:
        resource = get_resource(public_id, viewer=self.person)
        return answer_page(request, ratings_of(resource), LATEST, query, _ratings)


def _ratings(ratings: Sequence[Rating]) -> list[RatingShape]:
    return [rating_shape(rating) for rating in ratings]


urlpatterns = [
    path("resources/links", LinkList.as_view()),
    path("resources/files", SharedFileList.as_view()),
    path("resources/<str:public_id>", ResourceView.as_view()),
    path("resources/<str:public_id>/use", UseView.as_view()),
    path("resources/<str:public_id>/rating", RatingView.as_view()),
    path("resources/<str:public_id>/ratings", RatingList.as_view()),
]
