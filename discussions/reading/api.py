"""How far one has read, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.db.models import F
from django.urls import path
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Input, Moment, PageQuery, Whole
from community.http.api.operations import done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.spaces.access import get_space
from community.spaces.shapes import SpaceNameShape, space_name_shape
from discussions.reading.actions import (
    TOLD_PER_MINUTE,
    mark_unread,
    read_all_spaces,
    read_space,
    read_topic,
)
from discussions.reading.queries import (
    Annotated,
    first_unread,
    my_spaces_with_unread,
    read_to,
)
from discussions.topics.access import get_topic

BY_NAME = Order(("name", "id"))
RATE = ("reading", TOLD_PER_MINUTE)


class ReadingShape(TypedDict):
    # The number of the last post that you have read; null before you opened the topic.
    read_to: int | None
    # Of the first post of others that you haven't read.
    first_unread: int | None


class UnreadShape(TypedDict):
    space: SpaceNameShape
    # Topics, at most 200.
    unread: int


class ReadTo(Input):
    number = Whole(required=False, min_value=1, help_text="Of a post; the last one if left out.")


class UnreadFrom(Input):
    number = Whole(min_value=1, help_text="Of the first post that counts as unread.")


class ReadUntil(Input):
    until = Moment(
        required=False, help_text="What was written later stays unread; now if left out."
    )


class TopicReadingView(ApiView):
    area = "discussions"

    @operation("Read how far you have read a topic", gives=ReadingShape)
    def get(self, request: Request, public_id: str) -> Response:
        topic = get_topic(public_id, viewer=self.person)
        reading = {"read_to": read_to(topic, viewer=self.person)}
        return gave(reading | {"first_unread": first_unread(topic, viewer=self.person)})

    @operation("Count posts of a topic as read", sends=ReadTo, rate=RATE)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """It never takes back what was read before."""
        topic = get_topic(public_id, viewer=self.person)
        read_topic(topic, by=self.person, number=sent.get("number"))
        return done()


class TopicUnreadView(ApiView):
    area = "discussions"

    @operation("Count a post and what follows it as unread", sends=UnreadFrom, rate=RATE)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        topic = get_topic(public_id, viewer=self.person)
        mark_unread(topic, by=self.person, number=sent["number"])
        return done()


class SpaceReadingView(ApiView):
    area = "discussions"

    @operation("Count everything in a space as read", sends=ReadUntil, rate=RATE)
    def put(self, request: Request, slug: str, sent: Mapping[str, Any]) -> Response:
        space = get_space(slug, viewer=self.person)
        read_space(space, by=self.person, until=sent.get("until") or timezone.now())
        return done()


class MyReadingView(ApiView):
    area = "discussions"

    @operation("Count everything in your spaces as read", sends=ReadUntil, rate=RATE)
    def put(self, request: Request, sent: Mapping[str, Any]) -> Response:
        read_all_spaces(by=self.person, until=sent.get("until") or timezone.now())
        return done()


class MyUnreadList(ApiView):
    area = "discussions"

    @operation(
        "List your spaces with what is unread in each, by name",
        query=PageQuery,
        gives=PageOf(UnreadShape),
    )
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        mine = my_spaces_with_unread(self.person).annotate(name=F("space__name"))
        return answer_page(request, mine, BY_NAME, query, _unread)


def _unread(memberships: Sequence[Annotated]) -> list[UnreadShape]:
    return [{"space": space_name_shape(one.space), "unread": one.unread} for one in memberships]


urlpatterns = [
    path("me/reading", MyReadingView.as_view()),
    path("me/unread", MyUnreadList.as_view()),
    path("topics/<str:public_id>/reading", TopicReadingView.as_view()),
    path("topics/<str:public_id>/unread", TopicUnreadView.as_view()),
    path("spaces/<str:slug>/reading", SpaceReadingView.as_view()),
]
