"""Defining fields, and answering in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.access import require_edit_profile, require_manage
from community.accounts.models import User
from community.accounts.queries import locked
from community.events import (
    FIELD_ARCHIVED,
    FIELD_DEFINED,
    FIELD_EDITED,
    FIELD_MOVED,
    FIELD_UNARCHIVED,
    FIELDS_ANSWERED,
)
from community.fields.models import Field, FieldAnswer, FieldKind, SeenBy
from community.http.conflicts import EditConflict
from community.http.idempotency import once
from community.outbox.recording import action, record, savepoint
from community.text.lengths import length_error
from community.text.names import clean_name

MAX_FIELDS = 30
# With those that are archived.
MAX_KEPT = 200
MAX_CHOICES = 50
MAX_TEXT = 200
Answer = str | date | User | None


@dataclass(frozen=True)
class Definition:
    """What a field is called, asks, offers (kind choice only), and who sees the answers."""

    name: str
    kind: str = FieldKind.TEXT
    hint: str = ""
    choices: Sequence[str] = ()
    seen_by: str = SeenBy.COLLEAGUES


def definition_of(field: Field) -> Definition:
    return Definition(field.name, field.kind, field.hint, field.choices, field.seen_by)


@action
def define_field(definition: Definition, *, by: User, key: str = "") -> Field:
    """Ask everybody for something more; a repeat with the same key returns the first field.

    Raises PermissionDenied unless by manages people, ValidationError for the fields of Definition.
    """
    require_manage(by)
    return once(key, Field, lambda: _define(definition, by), by=by)


def _define(definition: Definition, by: User) -> Field:
    asked = Field.objects.filter(archived_at=None)
    if asked.count() >= MAX_FIELDS:
        raise ValidationError({"name": _full()})
    if Field.objects.count() >= MAX_KEPT:
        said = _("There are %(limit)s fields with the archived ones: ask for one of those again.")
        raise ValidationError({"name": said % {"limit": MAX_KEPT}})
    last = Field.objects.aggregate(last=Max("position"))["last"] or 0
    field = Field(kind=definition.kind, position=last + 1)
    if definition.kind not in FieldKind.values:
        raise ValidationError({"kind": _("Choose a kind from the list.")})
    _fill(field, definition)
    record(FIELD_DEFINED, actor=by, obj=field)
    return field


def _full() -> str:
    return _("People are asked for at most %(limit)s things.") % {"limit": MAX_FIELDS}


@action
def edit_field(
    field: Field, definition: Definition, *, by: User, based_on: int | None = None
) -> Field:
    """Change all but the kind, which answers depend on; they keep a choice that is taken out.

    Raises EditConflict, PermissionDenied, ValidationError for the fields of Definition.
    """
    current = _locked_field(field, by)
    if based_on not in (None, current.version):
        raise EditConflict(current)
    current.version += 1
    _fill(current, definition)
    record(FIELD_EDITED, actor=by, obj=current)
    return current


def _locked_field(field: Field, by: User) -> Field:
    require_manage(by)
    return Field.objects.select_for_update().get(pk=field.pk)


def _fill(field: Field, definition: Definition) -> None:
    name, hint = clean_name(definition.name), clean_name(definition.hint)
    choices = _cleaned_choices(definition) if field.kind == FieldKind.CHOICE else []
    errors = {
        "name": length_error(name, 60) if name else _("Give the field a name."),
        "hint": length_error(hint, 200),
        "choices": _choices_error(choices) if field.kind == FieldKind.CHOICE else "",
        "seen_by": ""
        if definition.seen_by in SeenBy.values
        else _("Choose from the list who sees the answers."),
    }
    found = {column: message for column, message in errors.items() if message}
    if found:
        raise ValidationError(found)
    field.name, field.hint, field.choices = name, hint, choices
    field.seen_by = definition.seen_by
    try:
        with savepoint():
            field.save()
    except IntegrityError as error:
        raise ValidationError({"name": _("A field has this name already.")}) from error


def _cleaned_choices(definition: Definition) -> list[str]:
    cleaned = (clean_name(choice) for choice in definition.choices)
    return list(dict.fromkeys(choice for choice in cleaned if choice))


def _choices_error(choices: list[str]) -> str:
    if len(choices) < 2:
        return _("Offer at least two choices, one a line.")
    if len(choices) > MAX_CHOICES:
        return _("Offer at most %(limit)s choices.") % {"limit": MAX_CHOICES}
    return next(filter(None, (length_error(choice, 60) for choice in choices)), "")


@action
def archive_field(field: Field, *, by: User) -> None:
    """Neither ask nor show it any more; answers are kept. Raises PermissionDenied."""
    current = _locked_field(field, by)
    if current.archived_at is None:
        current.archived_at = timezone.now()
        current.save(update_fields=["archived_at"])
        record(FIELD_ARCHIVED, actor=by, obj=current)


@action
def unarchive_field(field: Field, *, by: User) -> None:
    """Ask for it again. Raises PermissionDenied, and ValidationError where 30 are asked for."""
    current = _locked_field(field, by)
    if current.archived_at is None:
        return
    if Field.objects.filter(archived_at=None).count() >= MAX_FIELDS:
        raise ValidationError(_full())
    current.archived_at = None
    current.save(update_fields=["archived_at"])
    record(FIELD_UNARCHIVED, actor=by, obj=current)


@action
def move_field(field: Field, *, by: User, up: bool) -> None:
    """Change places with the field before or behind it; nothing happens at the ends."""
    require_manage(by)
    asked = list(Field.objects.select_for_update().filter(archived_at=None))
    at = next((place for place, one in enumerate(asked) if one.pk == field.pk), None)
    other = -1 if at is None else at - 1 if up else at + 1
    if at is None or not 0 <= other < len(asked):
        return
    asked[at], asked[other] = asked[other], asked[at]
    for place, one in enumerate(asked, start=1):
        one.position = place
    Field.objects.bulk_update(asked, ["position"])
    record(FIELD_MOVED, actor=by, obj=field)


@action
def answer_fields(person: User, answers: Mapping[str, Answer], *, by: User) -> None:
    """Say what is asked for: answers by the public ids of fields, None or "" to say nothing.

    Raises PermissionDenied for others than the person and those who manage people, ValidationError
    with the public ids of the fields whose answers don't fit.
    """
    require_edit_profile(person, by)
    locked(person)
    asked = Field.objects.visible_to(by).filter(archived_at=None)
    fields = {field.public_id: field for field in asked}
    said = {answer.field_id: answer for answer in FieldAnswer.objects.filter(person=person)}
    errors, changed = {}, False
    for public_id, answer in answers.items():
        field = fields.get(public_id)
        if field is None:
            continue
        before = said.get(field.pk) or FieldAnswer(person=person)
        before.field = field
        try:
            changed |= _answer(before, answer)
        except ValidationError as error:
            errors[public_id] = error.messages
    if errors:
        raise ValidationError(errors)
    if changed:
        record(FIELDS_ANSWERED, actor=by, obj=person, subject=person)


def _answer(row: FieldAnswer, answer: Answer) -> bool:
    """Return whether anything changed."""
    before = (row.text, row.day, row.colleague_id)
    row.text, row.day, row.colleague = "", None, None
    if isinstance(answer, User):
        row.colleague = answer
    elif isinstance(answer, date):
        row.day = answer
    elif answer:
        row.text = _checked_text(row.field, answer, before[0])
    if before == (row.text, row.day, row.colleague_id):
        return False
    if not (row.text or row.day or row.colleague):
        if row.pk:
            row.delete()
        return True
    _require_kind(row)
    row.at = timezone.now()
    row.save()
    return True


def _checked_text(field: Field, answer: str, before: str) -> str:
    text = clean_name(answer)
    if wrong := length_error(text, MAX_TEXT):
        raise ValidationError(wrong)
    # One that is no longer offered may stay.
    if field.kind == FieldKind.CHOICE and text not in [*field.choices, before]:
        raise ValidationError(_("Choose one from the list."))
    return text


def _require_kind(row: FieldAnswer) -> None:
    filled = {
        FieldKind.TEXT: row.text,
        FieldKind.CHOICE: row.text,
        FieldKind.DATE: row.day,
        FieldKind.PERSON: row.colleague,
    }
    if not filled[FieldKind(row.field.kind)]:
        raise ValidationError(_("This is no answer of the kind that is asked for."))
