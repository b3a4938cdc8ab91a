"""What admins send: a person, a unit, a capability for somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.accounts.models import OrgUnit
from community.accounts.queries import unit_choices
from community.http.repeats import KeyField
from community.roles.models import Capability


def unit_field(units: list[OrgUnit], *, label: Any, empty: Any) -> forms.TypedChoiceField:
    """An org unit by its public id; the cleaned value is the unit, or None."""
    by_id = {unit.public_id: unit for unit in units}
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", empty), *unit_choices(units)],
        coerce=lambda public_id: by_id[public_id],
        empty_value=None,
    )


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Work mail"), max_length=254)
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)

    def __init__(self, data: Any = None, *, units: list[OrgUnit]) -> None:
        super().__init__(data)
        self.fields["unit"] = unit_field(units, label=_("Unit"), empty=_("None yet"))


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Name of the unit"), max_length=120)
    key = KeyField()

    def __init__(self, data: Any = None, *, units: list[OrgUnit]) -> None:
        super().__init__(data, prefix="new-unit")
        empty = _("Nothing: it stands on top")
        self.fields["parent"] = unit_field(units, label=_("Part of"), empty=empty)


class GrantForm(forms.Form):
    """For one person by handle, or for everybody in a unit."""

    handle = forms.CharField(label=_("Handle of a person"), max_length=40, required=False)
    capability = forms.ChoiceField(label=_("May"), choices=Capability.choices)

    def __init__(self, data: Any = None, *, units: list[OrgUnit]) -> None:
        super().__init__(data, prefix="grant")
        empty = _("No unit")
        self.fields["unit"] = unit_field(units, label=_("Or everybody in"), empty=empty)
        self.fields["unit"].help_text = _(
            "Managing people and granting capabilities are for single people only."
        )

    def clean(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().clean() or {}
        if bool(fields.get("handle")) == bool(fields.get("unit")):
            self.add_error("handle", _("Name either a person or a unit."))
        return fields


class WelcomeForm(forms.Form):
    """The first admin of a new site."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Work mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 15 characters. Several words do well."),
    )
