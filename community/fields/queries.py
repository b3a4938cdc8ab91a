"""What is asked for, and what people said."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from community.accounts.models import User
from community.accounts.queries import people_by_id
from community.fields.models import Field, FieldAnswer


@dataclass(frozen=True)
class Said:
    """One answer as a viewer sees it: text, a day or a person; public_id and name of its field."""

    public_id: str
    name: str
    text: str
    day: date | None
    colleague: User | None


def field_rows(viewer: User, *, archived: bool = False) -> QuerySet[Field]:
    """At most actions.MAX_FIELDS that are asked for."""
    return Field.objects.visible_to(viewer).filter(archived_at__isnull=not archived)


def fields(viewer: User, *, archived: bool = False) -> list[Field]:
    """In their order."""
    return list(field_rows(viewer, archived=archived))


def said_by(person: User, *, viewer: User) -> list[Said]:
    """What viewer may see of person's answers; one query, and one more where people are named."""
    answers = FieldAnswer.objects.visible_to(viewer).filter(person=person)
    rows = list(answers.select_related("field").order_by("field__position", "field_id"))
    named = [row.colleague_id for row in rows if row.colleague_id]
    people = people_by_id(named, viewer=viewer) if named else {}
    shown = [
        Said(
            row.field.public_id,
            row.field.name,
            row.text,
            row.day,
            people.get(row.colleague_id or 0),
        )
        for row in rows
    ]
    return [one for one in shown if one.text or one.day or one.colleague]


def own_answers(person: User) -> dict[int, FieldAnswer]:
    """By the key of the field, for the form of who said it."""
    rows = FieldAnswer.objects.filter(person=person).select_related("colleague")
    return {row.field_id: row for row in rows}
