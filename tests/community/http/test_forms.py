from django import forms
from django.core.exceptions import ValidationError

from community.http.forms import status_of, submit


class NameForm(forms.Form):
    name = forms.CharField()


def refuse() -> str:
    raise ValidationError({"name": "Too plain."})


def test_submit_returns_what_was_written() -> None:
    assert submit(NameForm({"name": "Ada"}), lambda: "written") == "written"


def test_submit_of_bad_input_writes_nothing() -> None:
    form = NameForm({"name": ""})

    assert submit(form, lambda: "written") is None
    assert form.errors == {"name": ["This field is required."]}


def test_submit_shows_at_the_field_what_the_action_refuses() -> None:
    form = NameForm({"name": "Ada"})

    assert submit(form, refuse) is None
    assert form.errors == {"name": ["Too plain."]}


def test_status_tells_a_fresh_form_from_one_shown_again() -> None:
    assert (status_of(NameForm()), status_of(NameForm({"name": ""}))) == (200, 422)
