"""The spaces that new people join by their unit, for programs of those who manage people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_unit, require_manage
from community.audiences.access import default_space_of
from community.audiences.actions import remove_default_space, set_default_space
from community.audiences.models import DefaultSpace
from community.audiences.queries import default_spaces
from community.audiences.shapes import DefaultSpaceShape, default_space_shape
from community.http.api.fields import PageQuery
from community.http.api.operations import done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.spaces.access import get_space

NEWEST = Order(("-id",))


class DefaultSpaceList(ApiView):
    area = "community"

    @operation(
        "List what new people join by their unit, the newest first",
        query=PageQuery,
        gives=PageOf(DefaultSpaceShape),
    )
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        require_manage(self.person)
        rows = default_spaces(self.person).select_related("unit__parent")
        return answer_page(request, rows, NEWEST, query, _defaults)


def _defaults(rows: Sequence[DefaultSpace]) -> list[DefaultSpaceShape]:
    return [default_space_shape(row) for row in rows]


class DefaultSpaceView(ApiView):
    area = "community"

    @operation("Let new people of a unit join a space", gives=DefaultSpaceShape)
    def put(self, request: Request, public_id: str, slug: str) -> Response:
        """Those of the units below it, too. An open space, or one that you look after."""
        require_manage(self.person)
        unit = get_unit(public_id, viewer=self.person)
        space = get_space(slug, viewer=self.person)
        return gave(default_space_shape(set_default_space(unit, space, by=self.person)))

    @operation("Let new people of a unit join a space no longer")
    def delete(self, request: Request, public_id: str, slug: str) -> Response:
        """Who is in stays in."""
        default = default_space_of(public_id, slug, viewer=self.person)
        remove_default_space(default, by=self.person)
        return done()


urlpatterns = [
    path("default-spaces", DefaultSpaceList.as_view()),
    path("org-units/<str:public_id>/default-spaces/<str:slug>", DefaultSpaceView.as_view()),
]
