from collections.abc import Callable

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import OrgUnit, User
from community.accounts.units import create_org_unit
from community.http.forms import status_of, submit
from community.http.repeats import KeyField
from tests.factories.community import make_admin


class NameForm(forms.Form):
    name = forms.CharField(label="Name", max_length=5)
    colour = forms.ChoiceField(label="Colour", choices=[("red", "Red")], required=False)


def refuse() -> str:
    raise ValidationError({"name": "Too plain."})


def test_submit_returns_what_was_written() -> None:
    assert submit(NameForm({"name": "Ada"}), lambda: "written") == "written"


def test_submit_of_bad_input_writes_nothing() -> None:
    form = NameForm({"name": ""})

    assert submit(form, lambda: "written") is None
    assert form.errors == {"name": ["Fill this in: Name."]}


def test_bad_input_is_told_with_the_field_and_the_fix() -> None:
    form = NameForm({"name": "Marianne", "colour": "x"})

    assert submit(form, lambda: "written") is None
    assert form.errors == {
        "name": ["Shorten this to at most 5 characters: Name."],
        "colour": ["Choose one from the list: Colour."],
    }


def test_own_sentence_of_a_field_stays() -> None:
    form = NameForm({"name": ""})
    form.fields["name"].error_messages["required"] = "Give a name."

    assert submit(form, lambda: "written") is None
    assert form.errors == {"name": ["Give a name."]}


def test_submit_shows_at_the_field_what_the_action_refuses() -> None:
    form = NameForm({"name": "Ada"})

    assert submit(form, refuse) is None
    assert form.errors == {"name": ["Too plain."]}


def forbid() -> str:
    raise PermissionDenied("This topic is closed.")


def refuse_as_a_whole() -> str:
    raise ValidationError("Not today.")


def refuse_elsewhere() -> str:
    raise ValidationError({"": "That is gone.", "name": "Too plain.", "key": "Sent before."})


@pytest.mark.parametrize(
    ("write", "errors"),
    [
        (forbid, {"__all__": ["This topic is closed."]}),
        (refuse_as_a_whole, {"__all__": ["Not today."]}),
        (refuse_elsewhere, {"__all__": ["That is gone.", "Sent before."], "name": ["Too plain."]}),
    ],
)
def test_submit_shows_above_the_form_what_belongs_to_no_field(
    write: Callable[[], str], errors: dict[str, list[str]]
) -> None:
    form = NameForm({"name": "Ada"})

    assert submit(form, write) is None
    assert form.errors == errors


def test_status_tells_a_fresh_form_from_one_shown_again() -> None:
    assert (status_of(NameForm()), status_of(NameForm({"name": ""}))) == (200, 422)


class MinutesForm(forms.Form):
    minutes = forms.IntegerField()


def test_text_in_a_field_of_numbers_stays_in_sight() -> None:
    form = MinutesForm({"minutes": "ten"})
    assert submit(form, lambda: True) is None
    assert '<input type="text" name="minutes" value="ten"' in str(form["minutes"])
    fresh = MinutesForm({"minutes": "10"})
    assert submit(fresh, lambda: True)
    assert 'type="number"' in str(fresh["minutes"])


class ReminderForm(forms.Form):
    at = forms.DateTimeField(widget=forms.DateTimeInput({"type": "datetime-local"}))


def test_text_in_a_field_of_moments_stays_in_sight() -> None:
    form = ReminderForm({"at": "soon"})
    assert submit(form, lambda: True) is None
    assert '<input type="text" name="at" value="soon"' in str(form["at"])


class KeyForm(forms.Form):
    name = forms.CharField(label="Name")
    key = KeyField()


def send_name(form: KeyForm, by: User) -> OrgUnit | None:
    return submit(
        form,
        lambda: create_org_unit(form.cleaned_data["name"], by=by, key=form.cleaned_data["key"]),
    )


@pytest.mark.django_db
def test_form_that_is_sent_again_with_something_else_waits_for_a_yes() -> None:
    admin = make_admin()
    first = send_name(KeyForm({"name": "Sales", "key": "k"}), admin)
    assert send_name(KeyForm({"name": "Sales", "key": "k"}), admin) == first
    changed = KeyForm({"name": "Support", "key": "k"})

    assert send_name(changed, admin) is None

    assert "sent before, with something else in it" in changed.non_field_errors()[0]
    assert changed["name"].value() == "Support"
    again = send_name(KeyForm(changed.data), admin)
    assert again is not None
    assert {unit.name for unit in OrgUnit.objects.all()} == {"Sales", "Support"}
