"""Votes, for programs."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Input, Whole
from community.http.api.operations import done, gave, operation
from community.http.api.views import ApiView
from discussions.reactions.actions import cast_vote, withdraw_vote
from discussions.reactions.queries import votes_in, votes_of
from discussions.topics.access import get_post, get_topic


class VoteShape(TypedDict):
    # 1, -1, or null where one has not voted.
    value: int | None


class VotesShape(TypedDict):
    # By the ids of the posts.
    votes: dict[str, int]


class Voting(Input):
    value = Whole(min_value=-1, max_value=1, help_text="1: useful. -1: not useful.")


class VoteView(ApiView):
    area = "discussions"

    @operation("Read your vote on a post", gives=VoteShape)
    def get(self, request: Request, public_id: str) -> Response:
        post = get_post(public_id, viewer=self.person)
        return gave({"value": votes_of(self.person, [post]).get(post.pk)})

    @operation("Vote", sends=Voting, gives=VoteShape)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """A second vote replaces the first."""
        post = get_post(public_id, viewer=self.person)
        return gave({"value": cast_vote(post, by=self.person, value=sent["value"]).value})

    @operation("Take your vote back")
    def delete(self, request: Request, public_id: str) -> Response:
        withdraw_vote(get_post(public_id, viewer=self.person), by=self.person)
        return done()


class VotesView(ApiView):
    area = "discussions"

    @operation("Read your votes in a topic", gives=VotesShape)
    def get(self, request: Request, public_id: str) -> Response:
        topic = get_topic(public_id, viewer=self.person)
        return gave({"votes": votes_in(topic, self.person)})


urlpatterns = [
    path("topics/<str:public_id>/votes", VotesView.as_view()),
    path("posts/<str:public_id>/vote", VoteView.as_view()),
]
