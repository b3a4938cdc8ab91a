"""The pages of profile fields: asking, answering, and the profile."""

from typing import Any

import pytest
from django.test import Client

from community.accounts.models import User
from community.fields.actions import answer_fields
from community.fields.models import Field, FieldAnswer, FieldKind, SeenBy
from tests.factories.fields import make_field

pytestmark = pytest.mark.slow

NEW = {"name": "Shift", "kind": "choice", "choices": "Early\nLate", "seen_by": "colleagues"}


def page(client: Client, path: str, by: User) -> str:
    client.force_login(by)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_field_is_defined_answered_and_shown(
    client: Client, admin: User, ada: User, ben: User
) -> None:
    assert "Profile fields" in page(client, "/admin", admin)
    assert "Nothing is asked for yet" in page(client, "/admin/fields", admin)
    assert client.post("/admin/fields/new", NEW).status_code == 303
    field = Field.objects.get()
    assert "Shift" in page(client, "/me/profile/fields", ada)
    assert client.post("/me/profile/fields", {field.public_id: "Late"}).status_code == 303
    shown = page(client, ada.url, ben)
    assert "Shift</dt>" in shown
    assert "Late</dd>" in shown


def test_refused_definition_keeps_what_was_typed(client: Client, admin: User) -> None:
    client.force_login(admin)
    answer = client.post("/admin/fields/new", NEW | {"choices": "Early", "hint": "Kept"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Offer at least two choices" in shown
    assert 'value="Kept"' in shown


def test_refused_answer_stands_at_its_field(client: Client, admin: User, ada: User) -> None:
    day = make_field("First aid until", by=admin, kind=FieldKind.DATE)
    buddy = make_field("Buddy", by=admin, kind=FieldKind.PERSON)
    client.force_login(ada)
    typed = {day.public_id: "soon", buddy.public_id: "@nobody"}
    answer = client.post("/me/profile/fields", typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{day.public_id}_error"' in shown
    assert 'value="soon"' in shown
    assert "Nobody has the handle “nobody”." in shown
    assert not FieldAnswer.objects.exists()


def test_nobody_is_asked_for_anything_at_first(client: Client, ada: User) -> None:
    assert "Nothing more is asked for" in page(client, "/me/profile/fields", ada)


def test_field_is_edited_moved_archived_and_brought_back(client: Client, admin: User) -> None:
    field = make_field("Site", by=admin)
    other = make_field("Badge", by=admin)
    client.force_login(admin)
    path = f"/admin/fields/{field.public_id}"
    typed = {"name": "Place", "seen_by": SeenBy.NOBODY.value, "version": "1"}
    assert client.post(path, typed).status_code == 303
    again = client.post(path, typed | {"name": "Town"})
    assert again.status_code == 409
    assert 'value="Town"' in again.content.decode()
    client.post(f"/admin/fields/{other.public_id}/up")
    shown = page(client, "/admin/fields", admin)
    assert shown.index("Badge") < shown.index("Place")
    client.post(f"{path}/archive")
    assert "Ask for it again" in page(client, "/admin/fields", admin)
    client.post(f"{path}/archive/removal")
    assert "Ask for it again" not in page(client, "/admin/fields", admin)


@pytest.mark.parametrize("path", ["", "/new", "/x", "/x/archive", "/x/archive/removal", "/x/up"])
def test_pages_of_fields_are_for_those_who_manage_people(
    client: Client, ada: User, path: str
) -> None:
    client.force_login(ada)
    answers = {client.get(f"/admin/fields{path}"), client.post(f"/admin/fields{path}")}
    assert {answer.status_code for answer in answers} <= {403, 405}


@pytest.mark.parametrize("rows", [1, 6])
def test_answers_cost_one_query_on_a_profile(
    client: Client, admin: User, ada: User, ben: User, rows: int, django_assert_num_queries: Any
) -> None:
    made = [make_field(f"Field {number}", by=admin) for number in range(rows)]
    answer_fields(ada, {field.public_id: "Said" for field in made}, by=ada)
    client.force_login(ben)
    client.get(ada.url)
    with django_assert_num_queries(13):
        client.get(ada.url)
