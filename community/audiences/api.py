"""Audiences, for programs of those who manage people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import people_named, require_manage, units_named
from community.accounts.models import User
from community.accounts.shapes import PersonShape, person_shape
from community.audiences.access import get_audience
from community.audiences.actions import (
    MAX_NAMED,
    Members,
    create_audience,
    delete_audience,
    edit_audience,
    invite_audience,
    members_as_set,
)
from community.audiences.models import Audience
from community.audiences.queries import audiences, members_of
from community.audiences.shapes import (
    AudienceDetailShape,
    AudienceShape,
    audience_detail_shape,
    audience_shape,
)
from community.http.api.fields import Input, PageQuery, SearchQuery, Text
from community.http.api.operations import created, done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.spaces.access import spaces_named

BY_NAME = Order(("name", "id"))
RATE = ("audiences", 30)


class AudienceEdit(Input):
    name = Text()
    description = Text(required=False)
    people = serializers.ListField(
        child=Text(), required=False, max_length=MAX_NAMED, help_text="Handles."
    )
    units = serializers.ListField(
        child=Text(),
        required=False,
        max_length=MAX_NAMED,
        help_text="Ids of units, with everybody below them.",
    )


class InvitedTo(Input):
    space = Text(help_text="The slug of a space that you look after.")


class AudienceList(ApiView):
    area = "community"

    @operation("List audiences, by name", query=SearchQuery, gives=PageOf(AudienceShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        require_manage(self.person)
        return answer_page(request, audiences(query["q"]), BY_NAME, query, _audiences)

    @operation(
        "Make an audience",
        sends=AudienceEdit,
        gives=AudienceDetailShape,
        status=201,
        keyed=True,
        rate=RATE,
    )
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        require_manage(self.person)
        members = Members(**_typed(sent, self.person))
        made = create_audience(members, by=self.person, key=key)
        url = f"/api/v1/audiences/{made.public_id}"
        return created(audience_detail_shape(made), url, made.version)


def _audiences(rows: Sequence[Audience]) -> list[AudienceShape]:
    return [audience_shape(row) for row in rows]


def _typed(sent: Mapping[str, Any], by: User) -> dict[str, Any]:
    """With the people and units that Members takes."""
    typed = dict(sent)
    if "people" in sent:
        typed["people"] = people_named(sent["people"], "people", viewer=by)
    if "units" in sent:
        typed["units"] = units_named(sent["units"], "units", viewer=by)
    return typed


class AudienceView(ApiView):
    area = "community"

    @operation("Read an audience", gives=AudienceDetailShape)
    def get(self, request: Request, public_id: str) -> Response:
        audience = get_audience(public_id, viewer=self.person)
        return gave(audience_detail_shape(audience), audience.version)

    @operation(
        "Edit an audience",
        sends=AudienceEdit,
        gives=AudienceDetailShape,
        versioned=True,
        rate=RATE,
    )
    def patch(
        self, request: Request, public_id: str, sent: Mapping[str, Any], version: int | None
    ) -> Response:
        audience = get_audience(public_id, viewer=self.person)
        members = replace(members_as_set(audience), **_typed(sent, self.person))
        edited = edit_audience(
            audience, members, by=self.person, based_on=version or audience.version
        )
        return gave(audience_detail_shape(edited), edited.version)

    @operation("Delete an audience")
    def delete(self, request: Request, public_id: str) -> Response:
        """Nobody loses anything that came by it."""
        delete_audience(get_audience(public_id, viewer=self.person), by=self.person)
        return done()


class AudienceMemberList(ApiView):
    area = "community"

    @operation(
        "List who belongs to an audience today, by name",
        query=PageQuery,
        gives=PageOf(PersonShape),
    )
    def get(self, request: Request, public_id: str, query: Mapping[str, Any]) -> Response:
        found = members_of(get_audience(public_id, viewer=self.person))
        return answer_page(request, found, BY_NAME, query, _people)


def _people(people: Sequence[User]) -> list[PersonShape]:
    return [person_shape(person) for person in people]


class AudienceInvitationView(ApiView):
    area = "community"

    @operation(
        "Invite an audience into a space", sends=InvitedTo, rate=("audience-invitations", 10)
    )
    def post(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """Places are kept soon afterwards, for each member of today who isn't in the space."""
        audience = get_audience(public_id, viewer=self.person)
        space = spaces_named([sent["space"]], "space", viewer=self.person)[0]
        invite_audience(audience, space, by=self.person)
        return done()


urlpatterns = [
    path("audiences", AudienceList.as_view()),
    path("audiences/<str:public_id>", AudienceView.as_view()),
    path("audiences/<str:public_id>/members", AudienceMemberList.as_view()),
    path("audiences/<str:public_id>/invitations", AudienceInvitationView.as_view()),
]
