"""All that somebody wrote, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_person
from community.http.api.fields import Choice, PageQuery
from community.http.api.operations import operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf, Time, written
from community.http.api.views import ApiView
from community.spaces.shapes import SpaceNameShape, space_name_shape
from discussions.pages.contributions import KINDS, NEWEST, contributions_of
from discussions.topics.models import Post


class ContributionShape(TypedDict):
    # Of the post.
    id: str
    kind: str
    # The id of its topic.
    topic: str
    topic_kind: str
    # Of its topic.
    title: str
    space: SpaceNameShape
    created_at: Time
    up: int
    down: int
    accepted_at: Time | None
    url: str


class ContributionsQuery(PageQuery):
    kind = Choice([kind for kind in KINDS if kind], required=False)


class ContributionList(ApiView):
    area = "discussions"

    @operation(
        "List what a person wrote, the latest first",
        query=ContributionsQuery,
        gives=PageOf(ContributionShape),
    )
    def get(self, request: Request, handle: str, query: Mapping[str, Any]) -> Response:
        """Where you may read it."""
        person = get_person(handle, viewer=self.person)
        rows = contributions_of(person, query.get("kind", ""), viewer=self.person)
        return answer_page(request, rows, NEWEST, query, _contributions)


def _contributions(posts: Sequence[Post]) -> list[ContributionShape]:
    return [_contribution_shape(post) for post in posts]


def _contribution_shape(post: Post) -> ContributionShape:
    """post comes with its topic and space."""
    topic = post.topic
    return {
        "id": post.public_id,
        "kind": post.kind,
        "topic": topic.public_id,
        "topic_kind": topic.kind,
        "title": topic.title,
        "space": space_name_shape(topic.space),
        "created_at": written(post.created_at),
        "up": post.up_total,
        "down": post.down_total,
        "accepted_at": written(post.accepted_at) if post.accepted_at else None,
        "url": post.get_absolute_url(),
    }


urlpatterns = [path("people/<str:handle>/contributions", ContributionList.as_view())]
