"""Requests to join, for programs: asking, the answer, and what those say who look after a space."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Input, PageQuery, Text
from community.http.api.operations import done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.spaces.access import get_answer, get_request, get_space, require_moderate_space
from community.spaces.models import JoinRequest
from community.spaces.queries import join_requests
from community.spaces.requests import (
    approve_request,
    decline_request,
    dismiss_answer,
    request_to_join,
)
from community.spaces.shapes import (
    JoinAnswerShape,
    JoinRequestShape,
    MemberShape,
    answer_shape,
    member_shape,
    request_shape,
)

OLDEST = Order(("at", "id"))


class Asking(Input):
    message = Text(required=False, default="")


class Answered(Input):
    reason = Text(required=False, default="", help_text="They read it with your answer.")


class MyRequestView(ApiView):
    area = "community"

    @operation("Read your request to join", gives=JoinRequestShape)
    def get(self, request: Request, slug: str) -> Response:
        return gave(request_shape(self._found(slug)))

    @operation("Ask to join", sends=Asking, gives=JoinRequestShape, rate=("join-requests", 20))
    def put(self, request: Request, slug: str, sent: Mapping[str, Any]) -> Response:
        """Asking twice changes the message."""
        space = get_space(slug, viewer=self.person)
        return gave(request_shape(request_to_join(space, by=self.person, message=sent["message"])))

    @operation("Take your request back")
    def delete(self, request: Request, slug: str) -> Response:
        decline_request(self._found(slug), by=self.person)
        return done()

    def _found(self, slug: str) -> JoinRequest:
        space = get_space(slug, viewer=self.person)
        return get_request(space, self.person.handle, viewer=self.person)


class MyJoinAnswerView(ApiView):
    area = "community"

    @operation("Read the answer to your request to join", gives=JoinAnswerShape)
    def get(self, request: Request, slug: str) -> Response:
        space = get_space(slug, viewer=self.person)
        return gave(answer_shape(get_answer(space, viewer=self.person)))

    @operation("Put the answer to your request away")
    def delete(self, request: Request, slug: str) -> Response:
        space = get_space(slug, viewer=self.person)
        dismiss_answer(get_answer(space, viewer=self.person), by=self.person)
        return done()


class RequestList(ApiView):
    area = "community"

    @operation(
        "List who asks to join, the longest waiting first",
        query=PageQuery,
        gives=PageOf(JoinRequestShape),
    )
    def get(self, request: Request, slug: str, query: Mapping[str, Any]) -> Response:
        """For owners and moderators."""
        space = get_space(slug, viewer=self.person)
        require_moderate_space(space, self.person)
        return answer_page(request, join_requests(space), OLDEST, query, _requests)


def _requests(asked: Sequence[JoinRequest]) -> list[JoinRequestShape]:
    return [request_shape(one) for one in asked]


class RequestView(ApiView):
    area = "community"

    @operation("Let somebody in who asked", sends=Answered, gives=MemberShape)
    def put(self, request: Request, slug: str, handle: str, sent: Mapping[str, Any]) -> Response:
        asked = _asked(self, slug, handle)
        return gave(member_shape(approve_request(asked, by=self.person, reason=sent["reason"])))

    @operation("Decline a request without a word")
    def delete(self, request: Request, slug: str, handle: str) -> Response:
        decline_request(_asked(self, slug, handle), by=self.person)
        return done()


class RefusalView(ApiView):
    area = "community"

    @operation("Decline a request, and say why", sends=Answered)
    def post(self, request: Request, slug: str, handle: str, sent: Mapping[str, Any]) -> Response:
        decline_request(_asked(self, slug, handle), by=self.person, reason=sent["reason"])
        return done()


def _asked(view: ApiView, slug: str, handle: str) -> JoinRequest:
    return get_request(get_space(slug, viewer=view.person), handle, viewer=view.person)


urlpatterns = [
    path("spaces/<str:slug>/request", MyRequestView.as_view()),
    path("spaces/<str:slug>/request/answer", MyJoinAnswerView.as_view()),
    path("spaces/<str:slug>/requests", RequestList.as_view()),
    path("spaces/<str:slug>/requests/<str:handle>", RequestView.as_view()),
    path("spaces/<str:slug>/requests/<str:handle>/refusal", RefusalView.as_view()),
]
