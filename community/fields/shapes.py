"""Profile fields and what people say in them, as programs get them."""

from typing import TypedDict

from community.accounts.shapes import PersonShape, person_shape
from community.fields.models import Field
from community.fields.queries import Said
from community.http.api.shapes import Day, Time, written


class FieldShape(TypedDict):
    id: str
    name: str
    kind: str
    hint: str
    # What a field of the kind choice offers.
    choices: list[str]
    seen_by: str
    archived_at: Time | None


class FieldAnswerShape(TypedDict):
    # The id of the field.
    field: str
    name: str
    # One of these three is filled, by the kind of the field.
    text: str
    day: Day | None
    person: PersonShape | None


class FieldAnswersShape(TypedDict):
    answers: list[FieldAnswerShape]


def field_shape(field: Field) -> FieldShape:
    return {
        "id": field.public_id,
        "name": field.name,
        "kind": field.kind,
        "hint": field.hint,
        "choices": field.choices,
        "seen_by": field.seen_by,
        "archived_at": written(field.archived_at) if field.archived_at else None,
    }


def answers_shape(said: list[Said]) -> FieldAnswersShape:
    return {"answers": [_answer(one) for one in said]}


def _answer(said: Said) -> FieldAnswerShape:
    return {
        "field": said.public_id,
        "name": said.name,
        "text": said.text,
        "day": said.day.isoformat() if said.day else None,
        "person": person_shape(said.colleague) if said.colleague else None,
    }
