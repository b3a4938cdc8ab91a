"""What Today offers somebody, for programs."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django.db.models import prefetch_related_objects
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Choice
from community.http.api.operations import gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf, Time, written
from community.http.api.views import ApiView
from discussions.pages.api import FilterQuery, filtered, topic_shapes
from discussions.pages.feed import FOR_YOU, TABS
from discussions.pages.for_you import Offers, offers
from discussions.pages.listing import UNREAD, without_muted
from discussions.pages.rows import with_row_parts
from discussions.topics.shapes import TopicShape

# For you is no list of pages.
ORDERS = {tab.key: tab for tab in TABS if tab is not FOR_YOU}


class OfferedTopicShape(TopicShape):
    # Why it is offered to you, in words.
    reason: str
    # Posts that you haven't read, at most 100.
    new_count: int
    # Whether you have read some of it.
    is_opened: bool


class OffersShape(TypedDict):
    # What is newer than your last visit stands first.
    results: list[OfferedTopicShape]
    # When it ended.
    last_visit: Time | None


class TodayQuery(FilterQuery):
    order = Choice(list(ORDERS), required=False, default=UNREAD)


class ForYouView(ApiView):
    area = "discussions"

    @operation("Read what is offered to you", gives=OffersShape)
    def get(self, request: Request) -> Response:
        """Up to 20 topics of your spaces, with tags that you follow, or that you may know an answer
        to; each third place is for a question that waits."""
        offered = offers(self.person)
        prefetch_related_objects(offered.topics, "author")
        visit = offered.found.last_visit
        return gave({"results": _offered(offered), "last_visit": written(visit) if visit else None})


def _offered(offered: Offers) -> list[OfferedTopicShape]:
    standings = [offered.found.of(topic) for topic in offered.topics]
    rows = zip(topic_shapes(offered.topics), offered.reasons, standings, strict=True)
    return [
        {**shape, "reason": reason, "new_count": one.new, "is_opened": one.opened}
        for shape, reason, one in rows
    ]


class TodayList(ApiView):
    area = "discussions"

    @operation("List the topics of Today", query=TodayQuery, gives=PageOf(TopicShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """Unread ones, questions of your spaces that nobody has answered, what people whom you
        follow write, or what is popular this week; nothing archived, and nothing muted."""
        tab = ORDERS[query["order"]]
        topics = without_muted(filtered(query, self.person).unarchived(), self.person)
        rows = with_row_parts(tab.narrow(topics, self.person)).select_related("author")
        return answer_page(request, rows, tab.order, query, topic_shapes)


urlpatterns = [
    path("for-you", ForYouView.as_view()),
    path("today", TodayList.as_view()),
]
