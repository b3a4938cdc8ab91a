"""Following colleagues, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_person
from community.accounts.models import User
from community.accounts.shapes import PersonShape, person_shape
from community.following.actions import follow_person, unfollow_person
from community.following.queries import followed_by, following_of
from community.http.api.fields import PageQuery
from community.http.api.operations import done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order

BY_NAME = Order(("name", "id"))


class FollowingShape(TypedDict):
    # How many colleagues follow the person.
    followers: int
    # Whether you are one of them.
    is_followed: bool


class FollowingList(ApiView):
    area = "community"

    @operation("List whom you follow, by name", query=PageQuery, gives=PageOf(PersonShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        return answer_page(request, followed_by(self.person), BY_NAME, query, _people)


def _people(people: Sequence[User]) -> list[PersonShape]:
    return [person_shape(person) for person in people]


class FollowingView(ApiView):
    area = "community"

    @operation("Read how many follow somebody, and whether you do", gives=FollowingShape)
    def get(self, request: Request, handle: str) -> Response:
        found = following_of(get_person(handle, viewer=self.person), viewer=self.person)
        return gave({"followers": found.followers, "is_followed": found.is_followed})

    @operation("Follow somebody")
    def put(self, request: Request, handle: str) -> Response:
        follow_person(get_person(handle, viewer=self.person), by=self.person)
        return done()

    @operation("Follow somebody no longer")
    def delete(self, request: Request, handle: str) -> Response:
        unfollow_person(get_person(handle, viewer=self.person), by=self.person)
        return done()


urlpatterns = [
    path("following", FollowingList.as_view()),
    path("people/<str:handle>/following", FollowingView.as_view()),
]
