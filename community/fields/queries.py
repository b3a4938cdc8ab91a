"""What is asked for, and what people said."""

from dataclasses import dataclass
from datetime import date

from community.accounts.models import User
from community.accounts.queries import people_by_id
from community.fields.models import Field, FieldAnswer


@dataclass(frozen=True)
class Said:
    """One answer as a viewer sees it: text, a day or a person."""

    name: str
    text: str
    day: date | None
    colleague: User | None


def fields(*, archived: bool = False) -> list[Field]:
    """In their order; at most actions.MAX_FIELDS that are asked for. Names are no secret."""
    return list(Field.objects.filter(archived_at__isnull=not archived))


def said_by(person: User, *, viewer: User) -> list[Said]:
    """What viewer may see of person's answers; one query, and one more where people are named."""
    answers = FieldAnswer.objects.visible_to(viewer).filter(person=person)
    rows = list(answers.select_related("field").order_by("field__position", "field_id"))
    named = [row.colleague_id for row in rows if row.colleague_id]
    people = people_by_id(named, viewer=viewer) if named else {}
    shown = [
        Said(row.field.name, row.text, row.day, people.get(row.colleague_id or 0)) for row in rows
    ]
    return [one for one in shown if one.text or one.day or one.colleague]


def own_answers(person: User) -> dict[int, FieldAnswer]:
    """By the key of the field, for the form of who said it."""
    rows = FieldAnswer.objects.filter(person=person).select_related("colleague")
    return {row.field_id: row for row in rows}
