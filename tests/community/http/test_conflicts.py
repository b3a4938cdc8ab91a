from typing import Any

import pytest
from django import forms

from community.http.conflicts import Overlap, VersionField, overlaps

SAVED = {"text": "One\nTwo", "colour": 1, "loud": True}


class SampleForm(forms.Form):
    text = forms.CharField(label="Text")
    colour = forms.TypedChoiceField(label="Colour", choices=[(1, "Red"), (2, "Blue")], coerce=int)
    loud = forms.BooleanField(label="Loud", required=False)
    version = VersionField()


def typed(**fields: Any) -> SampleForm:
    form = SampleForm({"text": "One\r\nTwo", "colour": "1", "loud": "on", "version": "1"} | fields)
    assert form.is_valid()
    return form


def test_overlaps_are_none_where_the_same_was_typed() -> None:
    assert overlaps(typed(), SAVED) == []


def test_overlaps_tell_what_is_saved_as_people_read_it() -> None:
    assert overlaps(typed(text="Three", colour="2", loud=""), SAVED) == [
        Overlap("Text", "One\nTwo"),
        Overlap("Colour", "Red"),
        Overlap("Loud", "Yes"),
    ]


@pytest.mark.parametrize("sent", ["", "x", "0"])
def test_version_that_no_form_had_is_refused_in_a_sentence(sent: str) -> None:
    form = SampleForm({"version": sent})

    assert form.errors["version"] == [
        "Copy your text and open this page again: it doesn't say which version you edited."
    ]
