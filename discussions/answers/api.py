"""Answering and accepting, for programs."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Written
from community.http.api.operations import created, done, gave, operation
from community.http.api.views import ApiView
from discussions.answers.actions import accept_answer, post_answer, unaccept_answer
from discussions.topics.access import get_post, get_topic
from discussions.topics.shapes import PostDetailShape, post_detail_shape


class NewAnswer(Written):
    pass


class AnswerList(ApiView):
    area = "discussions"

    @operation("Answer a question", sends=NewAnswer, gives=PostDetailShape, status=201, keyed=True)
    def post(self, request: Request, public_id: str, sent: Mapping[str, Any], key: str) -> Response:
        topic = get_topic(public_id, viewer=self.person)
        post = post_answer(topic, by=self.person, source=sent["source"], key=key)
        return created(post_detail_shape(post), f"/api/v1/posts/{post.public_id}", post.version)


class AcceptanceView(ApiView):
    area = "discussions"

    @operation("Accept an answer", gives=PostDetailShape)
    def put(self, request: Request, public_id: str) -> Response:
        """For the person who asked, and for moderators."""
        answer = get_post(public_id, viewer=self.person)
        accepted = accept_answer(answer, by=self.person).answer
        return gave(post_detail_shape(accepted), accepted.version)

    @operation("Take the acceptance back")
    def delete(self, request: Request, public_id: str) -> Response:
        unaccept_answer(get_post(public_id, viewer=self.person), by=self.person)
        return done()


urlpatterns = [
    path("topics/<str:public_id>/answers", AnswerList.as_view()),
    path("posts/<str:public_id>/acceptance", AcceptanceView.as_view()),
]
