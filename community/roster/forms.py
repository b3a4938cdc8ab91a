from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from community.http.table_field import TableField


class RosterForm(forms.Form):
    file = TableField(limit="MAX_ROSTER_BYTES")


class YesForm(forms.Form):
    """What goes along with the changes that were shown."""

    sends_letters = forms.BooleanField(
        label=gettext_lazy("Send new people a letter to set their password"),
        required=False,
        initial=True,
    )
    removes_missing = forms.BooleanField(
        label=gettext_lazy("Switch off the accounts that are missing in the table"),
        required=False,
    )

    def __init__(self, data: Any = None, *, asks_missing_only: bool = False) -> None:
        super().__init__(data)
        # A yes to nothing would do nothing.
        self.fields["removes_missing"].widget.attrs["required"] = asks_missing_only
