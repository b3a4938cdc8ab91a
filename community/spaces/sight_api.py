"""Who may read a space, for programs of its owners: look at what a change means, then confirm."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Choice, Input, Query, Text
from community.http.api.operations import gave, operation
from community.http.api.views import ApiView
from community.spaces.access import get_space, require_change_visibility, require_unarchived
from community.spaces.models import Space, Visibility
from community.spaces.opening import change_visibility, mark_as, sight_as
from community.spaces.shapes import (
    SightShape,
    SpaceDetailShape,
    sight_shape,
    space_detail_shape,
)
from community.spaces.sight import SightChanged


class VisibilityPreviewShape(TypedDict):
    # Who will read what is in the space and can't now.
    gains: SightShape
    # Who reads it now and won't any more.
    losses: SightShape
    # What the change sends back as seen.
    mark: str


class VisibilityQuery(Query):
    to = Choice(Visibility.values)


class VisibilityChange(Input):
    to = Choice(Visibility.values)
    seen = Text(help_text="The mark of what you saw before.")


class VisibilityView(ApiView):
    area = "community"

    @operation(
        "See what another visibility means", query=VisibilityQuery, gives=VisibilityPreviewShape
    )
    def get(self, request: Request, slug: str, query: Mapping[str, Any]) -> Response:
        """For owners."""
        space, to = self._own(slug), Visibility(query["to"])
        sight = sight_as(space, to)
        people = {"gains": sight_shape(sight.gains), "losses": sight_shape(sight.losses)}
        return gave(people | {"mark": mark_as(space, to)})

    @operation(
        "Change who may read a space",
        sends=VisibilityChange,
        gives=SpaceDetailShape,
        rate=("space-settings", 20),
    )
    def put(self, request: Request, slug: str, sent: Mapping[str, Any]) -> Response:
        """For owners. Refused where something changed since it was looked at."""
        space, to = self._own(slug), Visibility(sent["to"])
        try:
            changed = change_visibility(space, to, by=self.person, seen=sent["seen"])
        except SightChanged as error:
            raise ValidationError({"seen": str(error)}) from error
        return gave(space_detail_shape(changed, self.person), changed.settings_version)

    def _own(self, slug: str) -> Space:
        space = get_space(slug, viewer=self.person)
        require_change_visibility(space, self.person)
        require_unarchived(space)
        return space


urlpatterns = [path("spaces/<str:slug>/visibility", VisibilityView.as_view())]
