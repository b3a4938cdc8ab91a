"""Form fields about people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.accounts.queries import people_by_handle


class PersonField(forms.CharField):
    """A handle, with or without @, becomes a person whom by may know of; nothing becomes None."""

    def __init__(self, by: User, **more: Any) -> None:
        super().__init__(max_length=40, required=False, **more)
        self._by = by

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip().lstrip("@").lower()
        if not typed:
            return None
        found = people_by_handle([typed], viewer=self._by).get(typed)
        if found is None:
            raise ValidationError(_("Nobody has this handle."))
        return found
