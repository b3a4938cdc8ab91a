"""What people say in profile fields, for programs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_person, people_named
from community.accounts.models import User
from community.fields.access import get_asked_field
from community.fields.actions import Answer, answer_fields
from community.fields.models import Field, FieldKind
from community.fields.queries import said_by
from community.fields.shapes import FieldAnswersShape, answers_shape
from community.http.api.fields import Input, Text
from community.http.api.operations import done, gave, operation
from community.http.api.views import ApiView


class FieldAnswered(Input):
    answer = Text(
        help_text="A text, one of the choices, a day as 2026-11-24, or a colleague's handle;"
        " empty to say nothing."
    )


class MyAnswersView(ApiView):
    area = "community"

    @operation("Read your answers to what profiles ask for", gives=FieldAnswersShape)
    def get(self, request: Request) -> Response:
        return gave(answers_shape(said_by(self.person, viewer=self.person)))


class MyAnswerView(ApiView):
    area = "community"

    @operation("Answer what profiles ask for", sends=FieldAnswered)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        field = get_asked_field(public_id, viewer=self.person)
        _say(field, _typed(field, sent["answer"], self.person), self.person)
        return done()

    @operation("Take an answer back")
    def delete(self, request: Request, public_id: str) -> Response:
        field = get_asked_field(public_id, viewer=self.person)
        _say(field, None, self.person)
        return done()


def _say(field: Field, answer: Answer, person: User) -> None:
    """Raises ValidationError for answer, where the action names the field that is asked for."""
    try:
        answer_fields(person, {field.public_id: answer}, by=person)
    except ValidationError as error:
        raise ValidationError({"answer": error.messages}) from error


def _typed(field: Field, text: str, by: User) -> Answer:
    if text and field.kind == FieldKind.DATE:
        return _day(text)
    if text and field.kind == FieldKind.PERSON:
        return people_named([text], "answer", viewer=by)[0]
    return text


def _day(text: str) -> date:
    """Raises ValidationError for answer."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise ValidationError({"answer": _("Write the day as 2026-11-24.")})
    return day


class PersonAnswersView(ApiView):
    area = "community"

    @operation("Read a person's answers to what profiles ask for", gives=FieldAnswersShape)
    def get(self, request: Request, handle: str) -> Response:
        """Those that you may see."""
        person = get_person(handle, viewer=self.person)
        return gave(answers_shape(said_by(person, viewer=self.person)))


urlpatterns = [
    path("me/answers", MyAnswersView.as_view()),
    path("me/answers/<str:public_id>", MyAnswerView.as_view()),
    path("people/<str:handle>/answers", PersonAnswersView.as_view()),
]
