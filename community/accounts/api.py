"""Oneself, colleagues and org units, for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_person, get_unit, require_manage, units_named
from community.accounts.actions import (
    Profile,
    add_colleague,
    change_handle,
    edit_profile,
    profile_of,
)
from community.accounts.models import OrgUnit, User
from community.accounts.queries import current_job, find_people, org_units, reports_of
from community.accounts.shapes import (
    MeShape,
    OrgUnitShape,
    PersonShape,
    ProfileShape,
    me_shape,
    person_shape,
    profile_shape,
    unit_shape,
)
from community.accounts.units import create_org_unit
from community.http.api.fields import Choice, Input, PageQuery, SearchQuery, Text
from community.http.api.operations import created, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order

BY_NAME = Order(("name", "id"))


class ProfileEdit(Input):
    name = Text(required=False)
    about = Text(required=False)
    city = Text(required=False)
    time_zone = Text(required=False, help_text="An IANA name such as Europe/Lisbon.")
    locale = Text(required=False, help_text="A language code such as en.")


class HandleChange(Input):
    handle = Text()


class NewPerson(Input):
    name = Text()
    email = Text()
    org_unit = Text(required=False, help_text="The id of a unit; none if left out.")
    title = Text(required=False, help_text="Of the job in that unit.")


class NewOrgUnit(Input):
    name = Text()
    parent = Text(  # type: ignore[assignment]  # a field, not DRF's attribute
        required=False, allow_null=True, help_text="The id of a unit."
    )


class PeopleQuery(SearchQuery):
    org_unit = serializers.CharField(
        required=False, help_text="Those of the unit with this id and the units below it."
    )
    show = Choice(
        ["here", "left"],
        required=False,
        default="here",
        help_text="left: switched-off accounts, for those who manage people.",
    )


class MeView(ApiView):
    area = "community"

    @operation("Read your own account", gives=MeShape)
    def get(self, request: Request) -> Response:
        return gave(me_shape(self.person), self.person.profile_version)

    @operation("Edit your profile", sends=ProfileEdit, gives=MeShape, versioned=True)
    def patch(self, request: Request, sent: Mapping[str, Any], version: int | None) -> Response:
        profile = replace(profile_of(self.person), **sent)
        based_on = version or self.person.profile_version
        edited = edit_profile(self.person, profile, by=self.person, based_on=based_on)
        return gave(me_shape(edited), edited.profile_version)


class HandleView(ApiView):
    area = "community"

    @operation("Change your handle", sends=HandleChange, gives=MeShape)
    def put(self, request: Request, sent: Mapping[str, Any]) -> Response:
        """The former one leads to you. Three changes in 30 days are the most."""
        changed = change_handle(self.person, sent["handle"], by=self.person)
        return gave(me_shape(changed), changed.profile_version)


class PersonList(ApiView):
    area = "community"

    @operation("List colleagues, by name", query=PeopleQuery, gives=PageOf(PersonShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        unit = get_unit(query["org_unit"], viewer=self.person) if "org_unit" in query else None
        left = query["show"] == "left"
        if left:
            require_manage(self.person)
        found = find_people(self.person, search=query["q"], unit=unit, left=left)
        return answer_page(request, found, BY_NAME, query, _people)

    @operation("Add a colleague", sends=NewPerson, gives=PersonShape, status=201, keyed=True)
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        """For those who manage people."""
        unit = _unit_sent(sent.get("org_unit"), "org_unit", self.person)
        profile = Profile(
            name=sent["name"], time_zone=self.person.time_zone, locale=self.person.locale
        )
        person = add_colleague(
            profile,
            by=self.person,
            email=sent["email"],
            unit=unit,
            title=sent.get("title", ""),
            key=key,
        )
        return created(person_shape(person), f"/api/v1/people/{person.handle}")


def _people(people: Sequence[User]) -> list[PersonShape]:
    return [person_shape(person) for person in people]


def _unit_sent(public_id: str | None, field: str, viewer: User) -> OrgUnit | None:
    return units_named([public_id], field, viewer=viewer)[0] if public_id else None


class PersonView(ApiView):
    area = "community"

    @operation("Read a profile", gives=ProfileShape)
    def get(self, request: Request, handle: str) -> Response:
        """A former handle leads to the person, too."""
        person = get_person(handle, viewer=self.person)
        return gave(profile_shape(person, current_job(person, viewer=self.person)))


class ReportList(ApiView):
    area = "community"

    @operation("List who reports to a person", query=PageQuery, gives=PageOf(PersonShape))
    def get(self, request: Request, handle: str, query: Mapping[str, Any]) -> Response:
        person = get_person(handle, viewer=self.person)
        found = reports_of(person, viewer=self.person)
        return answer_page(request, found, BY_NAME, query, _people)


class OrgUnitList(ApiView):
    area = "community"

    @operation("List org units, by name", query=PageQuery, gives=PageOf(OrgUnitShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        return answer_page(request, org_units(self.person), BY_NAME, query, _units)

    @operation("Add an org unit", sends=NewOrgUnit, gives=OrgUnitShape, status=201, keyed=True)
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        """For those who manage people."""
        parent = _unit_sent(sent.get("parent"), "parent", self.person)
        unit = create_org_unit(sent["name"], by=self.person, parent=parent, key=key)
        return created(unit_shape(unit), f"/api/v1/org-units/{unit.public_id}")


def _units(units: Sequence[OrgUnit]) -> list[OrgUnitShape]:
    return [unit_shape(unit) for unit in units]


class OrgUnitView(ApiView):
    area = "community"

    @operation("Read an org unit", gives=OrgUnitShape)
    def get(self, request: Request, public_id: str) -> Response:
        return gave(unit_shape(get_unit(public_id, viewer=self.person)))


urlpatterns = [
    path("me", MeView.as_view()),
    path("me/handle", HandleView.as_view()),
    path("people", PersonList.as_view()),
    path("people/<str:handle>", PersonView.as_view()),
    path("people/<str:handle>/reports", ReportList.as_view()),
    path("org-units", OrgUnitList.as_view()),
    path("org-units/<str:public_id>", OrgUnitView.as_view()),
]
