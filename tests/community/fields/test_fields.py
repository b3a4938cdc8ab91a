"""Fields that a company asks for: defining, answering, and who sees what."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from community.accounts.models import User
from community.fields.actions import (
    MAX_CHOICES,
    MAX_FIELDS,
    MAX_KEPT,
    MAX_TEXT,
    Answer,
    Definition,
    answer_fields,
    archive_field,
    define_field,
    edit_field,
    move_field,
    unarchive_field,
)
from community.fields.models import Field, FieldAnswer, FieldKind, SeenBy
from community.fields.queries import fields, said_by
from community.http.conflicts import EditConflict
from community.outbox.models import Event
from community.spaces.models import Space
from tests.factories.community import add_member, make_guest, make_job, make_unit
from tests.factories.fields import make_field


def said(person: User, viewer: User) -> dict[str, Any]:
    shown = said_by(person, viewer=User.objects.get(pk=viewer.pk))
    return {one.name: one.colleague or one.day or one.text for one in shown}


def test_each_kind_is_asked_for_and_answered(admin: User, ada: User, ben: User) -> None:
    text = make_field("Site", by=admin)
    choice = make_field("Shift", by=admin, kind=FieldKind.CHOICE, choices=["Early", "Late"])
    day = make_field("First aid until", by=admin, kind=FieldKind.DATE)
    buddy = make_field("Buddy", by=admin, kind=FieldKind.PERSON)
    answers: dict[str, Answer] = {
        text.public_id: " Gdynia ",
        choice.public_id: "Late",
        day.public_id: date(2027, 3, 1),
        buddy.public_id: ben,
    }
    answer_fields(ada, answers, by=ada)
    assert said(ada, ben) == {
        "Site": "Gdynia",
        "Shift": "Late",
        "First aid until": date(2027, 3, 1),
        "Buddy": ben,
    }
    answer_fields(ada, dict.fromkeys(answers), by=ada)
    assert said(ada, ada) == {}
    assert not FieldAnswer.objects.exists()


@pytest.fixture
def answered(admin: User, ada: User, space: Space) -> dict[str, Field]:
    """Ada answered a field of each audience; she leads nobody."""
    made = {seen.value: make_field(seen.value, by=admin, seen_by=seen) for seen in SeenBy}
    answer_fields(ada, {field.public_id: "Said" for field in made.values()}, by=ada)
    return made


def test_answers_are_seen_by_whom_the_field_names(
    answered: dict[str, Field], admin: User, ada: User, ben: User, mia: User, space: Space
) -> None:
    make_job(ada, make_unit("Bridges"), title="Engineer", manager=mia)
    add_member(space, ada, actor=None)
    guest = make_guest("Gil", spaces=(space,))
    seen = {
        name: set(said(ada, viewer))
        for name, viewer in {
            "herself": ada,
            "admin": admin,
            "manager": mia,
            "colleague": ben,
            "guest": guest,
        }.items()
    }
    everything = {seen.value for seen in SeenBy}
    assert seen == {
        "herself": everything,
        "admin": everything,
        "manager": {"everybody", "colleagues", "manager"},
        "colleague": {"everybody", "colleagues"},
        "guest": {"everybody"},
    }


def test_stranger_to_the_person_sees_nothing(answered: dict[str, Field], ada: User) -> None:
    guest = make_guest("Gil")
    gone = User.objects.get(pk=guest.pk)
    gone.is_active = False
    assert said(ada, guest) == {}
    assert not FieldAnswer.objects.visible_to(gone).exists()


def test_archived_field_is_hidden_and_its_answers_are_kept(
    answered: dict[str, Field], admin: User, ada: User
) -> None:
    archive_field(answered["colleagues"], by=admin)
    assert "colleagues" not in said(ada, ada)
    unarchive_field(answered["colleagues"], by=admin)
    assert said(ada, ada)["colleagues"] == "Said"


def test_colleague_is_named_where_the_viewer_knows_of_them(
    admin: User, ada: User, ben: User, space: Space
) -> None:
    field = make_field("Buddy", by=admin, kind=FieldKind.PERSON, seen_by=SeenBy.EVERYBODY)
    answer_fields(ada, {field.public_id: ben}, by=ada)
    add_member(space, ada, actor=None)
    guest = make_guest("Gil", spaces=(space,))
    assert said(ada, guest) == {}
    add_member(space, ben, actor=None)
    assert said(ada, guest) == {"Buddy": ben}


def test_only_those_who_manage_people_define(admin: User, ada: User) -> None:
    field = make_field("Site", by=admin)
    for attempt in (
        lambda: make_field("Shift", by=ada),
        lambda: edit_field(field, Definition("Place"), by=ada),
        lambda: archive_field(field, by=ada),
        lambda: unarchive_field(field, by=ada),
        lambda: move_field(field, by=ada, up=True),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert [one.name for one in fields(admin)] == ["Site"]


def test_others_answer_for_nobody(admin: User, ada: User, ben: User) -> None:
    field = make_field("Site", by=admin)
    with pytest.raises(PermissionDenied):
        answer_fields(ada, {field.public_id: "Bremen"}, by=ben)
    answer_fields(ada, {field.public_id: "Bremen"}, by=admin)
    assert said(ada, ben) == {"Site": "Bremen"}


@pytest.mark.parametrize(
    ("asked", "column"),
    [
        (Definition(" "), "name"),
        (Definition("x" * 61), "name"),
        (Definition("Taken"), "name"),
        (Definition("A", hint="x" * 201), "hint"),
        (Definition("A", kind="number"), "kind"),
        (Definition("A", seen_by="dogs"), "seen_by"),
        (Definition("A", kind="choice", choices=["Only", "Only", " "]), "choices"),
        (Definition("A", kind="choice", choices=["One", "x" * 61]), "choices"),
        (
            Definition("A", kind="choice", choices=[f"c{n}" for n in range(MAX_CHOICES + 1)]),
            "choices",
        ),
    ],
)
def test_bad_definition_names_its_column(admin: User, asked: Definition, column: str) -> None:
    make_field("Taken", by=admin)
    with pytest.raises(ValidationError) as refused:
        define_field(asked, by=admin)
    assert list(refused.value.message_dict) == [column]


def test_limits_hold_at_the_limit(admin: User) -> None:
    choices = [f"{number:060}" for number in range(MAX_CHOICES)]
    make_field("x" * 60, by=admin, kind=FieldKind.CHOICE, choices=choices, hint="x" * 200)
    for number in range(MAX_FIELDS - 1):
        make_field(f"Field {number}", by=admin)
    with pytest.raises(ValidationError) as refused:
        make_field("One more", by=admin)
    assert "at most 30" in refused.value.message_dict["name"][0]
    archived = fields(admin)[0]
    archive_field(archived, by=admin)
    make_field("One more", by=admin)
    with pytest.raises(ValidationError):
        unarchive_field(archived, by=admin)


def test_archived_fields_count_towards_what_is_kept(admin: User) -> None:
    now = timezone.now()
    Field.objects.bulk_create(
        Field(
            name=f"Old {number}",
            kind=FieldKind.TEXT,
            seen_by=SeenBy.NOBODY,
            position=number,
            archived_at=now,
        )
        for number in range(MAX_KEPT - 1)
    )
    make_field("The last", by=admin)
    with pytest.raises(ValidationError) as refused:
        make_field("One more", by=admin)
    assert "200 fields" in refused.value.message_dict["name"][0]


def test_repeat_with_the_same_key_defines_once(admin: User) -> None:
    first = define_field(Definition("Site"), by=admin, key="k")
    assert define_field(Definition("Site"), by=admin, key="k") == first


def test_edit_keeps_what_is_no_longer_offered(admin: User, ada: User) -> None:
    field = make_field("Shift", by=admin, kind=FieldKind.CHOICE, choices=["Early", "Late"])
    answer_fields(ada, {field.public_id: "Late"}, by=ada)
    edit_field(field, Definition("Turn", choices=["Early", "Night"]), by=admin, based_on=1)
    answer_fields(ada, {field.public_id: "Late"}, by=ada)
    assert said(ada, ada) == {"Turn": "Late"}
    with pytest.raises(EditConflict):
        edit_field(field, Definition("Turn", choices=["A", "B"]), by=admin, based_on=1)


@pytest.mark.parametrize("answer", ["Noon", date(2026, 1, 1), "x" * (MAX_TEXT + 1)])
def test_answer_that_does_not_fit_names_its_field(admin: User, ada: User, answer: Any) -> None:
    field = make_field("Shift", by=admin, kind=FieldKind.CHOICE, choices=["Early", "Late"])
    with pytest.raises(ValidationError) as refused:
        answer_fields(ada, {field.public_id: answer}, by=ada)
    assert list(refused.value.message_dict) == [field.public_id]
    assert not FieldAnswer.objects.exists()


def test_text_has_its_limit(admin: User, ada: User) -> None:
    field = make_field("Site", by=admin)
    answer_fields(ada, {field.public_id: "x" * MAX_TEXT}, by=ada)
    with pytest.raises(ValidationError):
        answer_fields(ada, {field.public_id: "x" * (MAX_TEXT + 1)}, by=ada)


def test_fields_change_places(admin: User) -> None:
    one, two, three = (make_field(name, by=admin) for name in ("One", "Two", "Three"))
    move_field(three, by=admin, up=True)
    move_field(one, by=admin, up=True)
    assert [field.name for field in fields(admin)] == ["One", "Three", "Two"]
    move_field(one, by=admin, up=False)
    assert [field.name for field in fields(admin)] == ["Three", "One", "Two"]
    assert Event.objects.filter(name="field.moved").count() == 2
    assert two.name == "Two"


def test_saying_the_same_again_tells_nothing(admin: User, ada: User) -> None:
    field = make_field("Site", by=admin)
    for _turn in range(2):
        answer_fields(ada, {field.public_id: "Bremen"}, by=ada)
    assert Event.objects.filter(name="fields.answered").count() == 1
