"""Form fields about people, whom others name by their handles."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from community.accounts.access import people_named
from community.accounts.handles import typed_handle
from community.accounts.models import User

# Phones begin with a capital and mark handles as mistakes.
AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}


class PersonField(forms.CharField):
    """A handle becomes a person whom by may know of; nothing becomes None."""

    def __init__(self, by: User, **more: Any) -> None:
        super().__init__(max_length=40, required=False, **more)
        self.widget.attrs |= AS_TYPED
        self._by = by

    def clean(self, value: Any) -> Any:
        typed = typed_handle(super().clean(value))
        if not typed:
            return None
        return _people([typed], self._by)[0]


class PeopleField(forms.CharField):
    """Handles with blanks or commas between become people whom by may know of, each once."""

    def __init__(self, by: User, *, limit: int, **more: Any) -> None:
        super().__init__(required=False, max_length=limit * 42, **more)
        self.widget.attrs |= AS_TYPED
        self._by = by

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).replace(",", " ").split()
        return _people(typed, self._by)


def _people(typed: Sequence[str], by: User) -> list[User]:
    """Raises ValidationError for no field: the form knows which one it is."""
    try:
        return people_named(typed, "", viewer=by)
    except ValidationError as error:
        raise ValidationError(error.messages) from error
