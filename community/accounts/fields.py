"""Form fields about people, whom others name by their handles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.handles import typed_handle
from community.accounts.models import User
from community.accounts.queries import people_by_handle

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
        found = people_by_handle([typed], viewer=self._by).get(typed)
        if found is None:
            raise ValidationError(_("Nobody has this handle."))
        return found


class PeopleField(forms.CharField):
    """Handles with blanks or commas between become people whom by may know of, each once."""

    def __init__(self, by: User, *, limit: int, **more: Any) -> None:
        super().__init__(required=False, max_length=limit * 42, **more)
        self.widget.attrs |= AS_TYPED
        self._by = by

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).replace(",", " ").split()
        handles = [typed_handle(part) for part in typed]
        found = people_by_handle(handles, viewer=self._by)
        if unknown := [handle for handle in handles if handle not in found]:
            raise ValidationError(
                _("Nobody has the handle “%(handle)s”."), params={"handle": unknown[0]}
            )
        return list(found.values())
