"""How to work with oneself and with colleagues, for programs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.validators import RegexValidator
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_person, people_named
from community.accounts.models import User
from community.http.api.fields import Input, Text
from community.http.api.operations import gave, operation
from community.http.api.views import ApiView
from community.profiles.actions import edit_details, said_in
from community.profiles.queries import details_of, shown_details
from community.profiles.shapes import (
    DetailsShape,
    MyDetailsShape,
    details_shape,
    my_details_shape,
)

DAYS = 7
CLOCK = RegexValidator(r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")


class ProfileLinkEdit(Input):
    text = Text(required=False, help_text="The address itself if left out.")
    url = Text(help_text="Begins with https://.")


class DetailsEdit(Input):
    pronouns = Text(required=False)
    languages = Text(required=False, help_text="As people write them: English, some French.")
    hours = serializers.ListField(
        child=serializers.ListField(
            child=Text(validators=[CLOCK]), min_length=2, max_length=2, allow_null=True
        ),
        required=False,
        max_length=DAYS,
        help_text="From Monday, seven of [first, last minute] as 09:00, or null for a day off;"
        " none to say nothing.",
    )
    away_until = serializers.DateField(
        required=False, allow_null=True, help_text="The last day of an absence."
    )
    stand_in = Text(required=False, allow_null=True, help_text="The handle of a colleague.")
    links = serializers.ListField(child=ProfileLinkEdit(), required=False)

    def validate_hours(self, hours: list[list[str] | None]) -> list[list[str] | None]:
        if len(hours) not in (0, DAYS):
            raise serializers.ValidationError(_("Tell all seven days, or none."))
        return hours if any(hours) else []


class MyDetailsView(ApiView):
    area = "community"

    @operation("Read what you say of how to work with you", gives=MyDetailsShape)
    def get(self, request: Request) -> Response:
        details = details_of(self.person)
        return gave(my_details_shape(details), details.version)

    @operation("Say how to work with you", sends=DetailsEdit, gives=MyDetailsShape, versioned=True)
    def patch(self, request: Request, sent: Mapping[str, Any], version: int | None) -> Response:
        current = details_of(self.person)
        details = replace(said_in(current), **_typed(sent, self.person))
        based_on = version or current.version
        edited = edit_details(self.person, details, by=self.person, based_on=based_on)
        return gave(my_details_shape(edited), edited.version)


def _typed(sent: Mapping[str, Any], by: User) -> dict[str, Any]:
    """With the person and the pairs that Details takes."""
    typed = dict(sent)
    if sent.get("stand_in"):
        typed["stand_in"] = people_named([sent["stand_in"]], "stand_in", viewer=by)[0]
    elif "stand_in" in sent:
        typed["stand_in"] = None
    if "links" in sent:
        # An edit in part lets a link without an address through.
        typed["links"] = [[one.get("text", ""), one.get("url", "")] for one in sent["links"]]
    return typed


class PersonDetailsView(ApiView):
    area = "community"

    @operation("Read how to work with a person", gives=DetailsShape)
    def get(self, request: Request, handle: str) -> Response:
        person = get_person(handle, viewer=self.person)
        return gave(details_shape(shown_details(person, viewer=self.person)))


urlpatterns = [
    path("me/details", MyDetailsView.as_view()),
    path("people/<str:handle>/details", PersonDetailsView.as_view()),
]
