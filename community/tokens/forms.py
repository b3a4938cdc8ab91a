"""What somebody says to make a token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.http.repeats import KeyField
from community.tokens.queries import areas

LEVELS = [("", _("Nothing")), ("read", _("Read")), ("write", _("Read and write"))]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What will use it"), max_length=80, help_text=_("Such as: the status script.")
    )
    days = forms.TypedChoiceField(
        label=_("It lasts"),
        choices=[(7, _("a week")), (30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
        coerce=int,
        initial=30,
    )
    key = KeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for area, label in areas().items():
            self.fields[f"scope_{area}"] = forms.ChoiceField(
                label=label, choices=LEVELS, required=False, widget=forms.RadioSelect, initial=""
            )

    def scope_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("scope_")]

    def scopes(self) -> list[str]:
        chosen = {area: self.cleaned_data[f"scope_{area}"] for area in areas()}
        return [f"{area}:{level}" for area, level in chosen.items() if level]
