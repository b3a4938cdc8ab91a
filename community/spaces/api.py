"""Spaces, for programs: the list, opening, reading and editing one, coming in and going out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Choice, Flag, Input, PageQuery, SearchQuery, Text, Whole
from community.http.api.operations import created, done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.spaces.access import get_invitation, get_space
from community.spaces.actions import SpaceSettings, create_space, edit_space, settings_of
from community.spaces.membership import decline_invitation, join_space, leave_space
from community.spaces.models import Joining, Space, SpaceInvitation, Visibility
from community.spaces.queries import directory, invitations_of
from community.spaces.shapes import (
    InvitationShape,
    MemberShape,
    SpaceDetailShape,
    SpaceShape,
    invitation_shape,
    member_shape,
    space_detail_shape,
    space_shape,
)

BY_NAME = Order(("name", "id"))
LATEST = Order(("-at", "-id"))


class SpacesQuery(SearchQuery):
    show = Choice(["mine", "open", "closed"], required=False, default="")


class SpaceEdit(Input):
    name = Text()
    description = Text(required=False)
    rules = Text(required=False, help_text="Markdown.")
    joining = Choice([Joining.REQUEST.value, Joining.INVITATION.value], required=False)
    hue = Whole(required=False, help_text="One of twelve colours, 1 to 12.")
    icon = Text(required=False)
    allows_down_votes = Flag(required=False)
    allows_several_solutions = Flag(required=False)


class NewSpace(SpaceEdit):
    visibility = Choice(Visibility.values, required=False, default=Visibility.OPEN.value)


class SpaceList(ApiView):
    area = "community"

    @operation("List spaces, by name", query=SpacesQuery, gives=PageOf(SpaceShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """Those that you may know of; closed ones too, whose content only members read."""
        found = directory(self.person, show=query["show"], search=query["q"])
        return answer_page(request, found, BY_NAME, query, _spaces)

    @operation(
        "Open a space",
        sends=NewSpace,
        gives=SpaceDetailShape,
        status=201,
        keyed=True,
        rate=("spaces", 10),
    )
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        """You own it."""
        space = create_space(SpaceSettings(**_typed(sent)), by=self.person, key=key)
        url = f"/api/v1/spaces/{space.slug}"
        return created(space_detail_shape(space, self.person), url, space.settings_version)


def _typed(sent: Mapping[str, Any]) -> dict[str, Any]:
    """With the enumerations that SpaceSettings takes."""
    kinds = {"visibility": Visibility, "joining": Joining}
    return {name: kinds.get(name, lambda same: same)(value) for name, value in sent.items()}


def _spaces(spaces: Sequence[Space]) -> list[SpaceShape]:
    return [space_shape(space) for space in spaces]


class SpaceView(ApiView):
    area = "community"

    @operation("Read what a space is", gives=SpaceDetailShape)
    def get(self, request: Request, slug: str) -> Response:
        """A former slug leads to it, too."""
        space = get_space(slug, viewer=self.person)
        return gave(space_detail_shape(space, self.person), space.settings_version)

    @operation(
        "Change the settings",
        sends=SpaceEdit,
        gives=SpaceDetailShape,
        versioned=True,
        rate=("space-settings", 20),
    )
    def patch(
        self, request: Request, slug: str, sent: Mapping[str, Any], version: int | None
    ) -> Response:
        """For owners. A new name brings a new slug."""
        space = get_space(slug, viewer=self.person)
        chosen = replace(settings_of(space), **_typed(sent))
        edited = edit_space(
            space, chosen, by=self.person, based_on=version or space.settings_version
        )
        return gave(space_detail_shape(edited, self.person), edited.settings_version)


class MembershipView(ApiView):
    area = "community"

    @operation("Join", gives=MemberShape)
    def put(self, request: Request, slug: str) -> Response:
        """An open space, or one that you are invited to."""
        return gave(member_shape(join_space(get_space(slug, viewer=self.person), by=self.person)))

    @operation("Leave")
    def delete(self, request: Request, slug: str) -> Response:
        leave_space(get_space(slug, viewer=self.person), by=self.person)
        return done()


class MyInvitationView(ApiView):
    area = "community"

    @operation("Decline an invitation")
    def delete(self, request: Request, slug: str) -> Response:
        space = get_space(slug, viewer=self.person)
        kept = get_invitation(space, self.person.handle, viewer=self.person)
        decline_invitation(kept, by=self.person)
        return done()


class MyInvitationList(ApiView):
    area = "community"

    @operation(
        "List places that are kept for you, the latest first",
        query=PageQuery,
        gives=PageOf(InvitationShape),
    )
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        found = invitations_of(self.person).select_related("person")
        return answer_page(request, found, LATEST, query, _invitations)


def _invitations(kept: Sequence[SpaceInvitation]) -> list[InvitationShape]:
    return [invitation_shape(one) for one in kept]


urlpatterns = [
    path("me/invitations", MyInvitationList.as_view()),
    path("spaces", SpaceList.as_view()),
    path("spaces/<str:slug>", SpaceView.as_view()),
    path("spaces/<str:slug>/membership", MembershipView.as_view()),
    path("spaces/<str:slug>/invitation", MyInvitationView.as_view()),
]
