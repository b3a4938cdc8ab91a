"""Profile fields, for programs: what is asked for, and what people say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import require_manage
from community.fields.access import get_field
from community.fields.actions import (
    Definition,
    archive_field,
    define_field,
    definition_of,
    edit_field,
    move_field,
    unarchive_field,
)
from community.fields.models import Field, FieldKind, SeenBy
from community.fields.queries import field_rows
from community.fields.shapes import FieldShape, field_shape
from community.http.api.fields import Choice, Input, PageQuery, Text
from community.http.api.operations import created, done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order

IN_ORDER = Order(("position", "id"))


class FieldsQuery(PageQuery):
    show = Choice(["asked", "archived"], required=False, default="asked")


class FieldEdit(Input):
    name = Text()
    hint = Text(required=False)
    choices = serializers.ListField(
        child=Text(), required=False, help_text="What a field of the kind choice offers."
    )
    seen_by = Choice(
        SeenBy.values,
        required=False,
        help_text="Beside the person and those who manage people; colleagues if left out.",
    )


class NewField(FieldEdit):
    kind = Choice(FieldKind.values, help_text="It stays as it is.")


class FieldMove(Input):
    direction = Choice(["up", "down"])


class FieldList(ApiView):
    area = "community"

    @operation("List what profiles ask for, in order", query=FieldsQuery, gives=PageOf(FieldShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """Archived ones are shown to those who manage people; to guests what everybody sees."""
        archived = query["show"] == "archived"
        if archived:
            require_manage(self.person)
        rows = field_rows(self.person, archived=archived)
        return answer_page(request, rows, IN_ORDER, query, _fields)

    @operation("Ask for something more", sends=NewField, gives=FieldShape, status=201, keyed=True)
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        """For those who manage people."""
        field = define_field(Definition(**sent), by=self.person, key=key)
        return created(field_shape(field), f"/api/v1/fields/{field.public_id}", field.version)


def _fields(fields: Sequence[Field]) -> list[FieldShape]:
    return [field_shape(field) for field in fields]


class FieldView(ApiView):
    area = "community"

    @operation("Read a field", gives=FieldShape)
    def get(self, request: Request, public_id: str) -> Response:
        """For those who manage people, an archived one too."""
        field = get_field(public_id, viewer=self.person)
        return gave(field_shape(field), field.version)

    @operation("Edit a field", sends=FieldEdit, gives=FieldShape, versioned=True)
    def patch(
        self, request: Request, public_id: str, sent: Mapping[str, Any], version: int | None
    ) -> Response:
        """For those who manage people. Answers keep a choice that is taken out."""
        field = get_field(public_id, viewer=self.person)
        definition = replace(definition_of(field), **sent)
        edited = edit_field(field, definition, by=self.person, based_on=version or field.version)
        return gave(field_shape(edited), edited.version)


class FieldArchivalView(ApiView):
    area = "community"

    @operation("Ask for something no longer")
    def put(self, request: Request, public_id: str) -> Response:
        """For those who manage people. Answers are kept, and shown to nobody."""
        archive_field(get_field(public_id, viewer=self.person), by=self.person)
        return done()

    @operation("Ask for something again")
    def delete(self, request: Request, public_id: str) -> Response:
        """For those who manage people."""
        unarchive_field(get_field(public_id, viewer=self.person), by=self.person)
        return done()


class FieldMoveView(ApiView):
    area = "community"

    @operation("Move a field by one place", sends=FieldMove)
    def post(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """For those who manage people. At the ends nothing happens."""
        field = get_field(public_id, viewer=self.person)
        move_field(field, by=self.person, up=sent["direction"] == "up")
        return done()


urlpatterns = [
    path("fields", FieldList.as_view()),
    path("fields/<str:public_id>", FieldView.as_view()),
    path("fields/<str:public_id>/archival", FieldArchivalView.as_view()),
    path("fields/<str:public_id>/move", FieldMoveView.as_view()),
]
