"""Moving a topic to another space, for programs: look at what it means, then confirm."""

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
from community.spaces.access import require_unarchived
from community.spaces.models import Space
from community.spaces.shapes import SightShape, SpaceNameShape, sight_shape, space_name_shape
from community.spaces.sight import SightChanged
from discussions.pages.moving import places_to_move_to
from discussions.topics.access import get_topic, require_moderate
from discussions.topics.actions import move_topic
from discussions.topics.models import Topic
from discussions.topics.moves import preview_move
from discussions.topics.shapes import TopicShape, topic_shape
from discussions.topics.tagging import tags_on


class MovePreviewShape(TypedDict):
    to: SpaceNameShape
    # Who will read the topic and can't now.
    gains: SightShape
    # Who reads it now and won't any more.
    losses: SightShape
    new_tags: list[str]
    loses_pin: bool
    # What the move sends back as seen.
    mark: str


class MoveQuery(Query):
    to = serializers.CharField(help_text="The slug of a space that you may write in.")


class Moving(Input):
    to = Text(help_text="The slug of a space that you may write in.")
    seen = Text(help_text="The mark of what you saw before.")


class MoveView(ApiView):
    area = "discussions"

    @operation("See what a move means", query=MoveQuery, gives=MovePreviewShape)
    def get(self, request: Request, public_id: str, query: Mapping[str, Any]) -> Response:
        """For moderators."""
        topic = self._movable(public_id)
        to = _place(topic, query["to"], self.person)
        preview = preview_move(topic, to)
        return gave(
            {
                "to": space_name_shape(to),
                "gains": sight_shape(preview.sight.gains),
                "losses": sight_shape(preview.sight.losses),
                "new_tags": preview.new_tags,
                "loses_pin": preview.loses_pin,
                "mark": preview.mark,
            }
        )

    @operation("Move a topic to another space", sends=Moving, gives=TopicShape)
    def post(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """For moderators. Refused where something changed since it was looked at."""
        topic = self._movable(public_id)
        to = _place(topic, sent["to"], self.person)
        try:
            moved = move_topic(topic, to, by=self.person, seen=sent["seen"])
        except SightChanged as error:
            raise ValidationError({"seen": str(error)}) from error
        return gave(topic_shape(moved, tags_on(moved)))

    def _movable(self, public_id: str) -> Topic:
        topic = get_topic(public_id, viewer=self.person)
        require_moderate(topic, self.person)
        require_unarchived(topic.space)
        return topic


def _place(topic: Topic, slug: str, by: User) -> Space:
    found = places_to_move_to(topic, by).filter(slug=slug).first()
    if found is None:
        raise ValidationError({"to": _("Choose a space that you may write in.")})
    return found


urlpatterns = [path("topics/<str:public_id>/move", MoveView.as_view())]
