"""What those who invite send, and those who come in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.accounts.models import OrgUnit, User
from community.accounts.queries import unit_choices
from community.http.repeats import KeyField
from community.invitations.actions import MAX_DAYS, LinkTerms, Wish
from community.spaces.bringing_in import spaces_to_offer
from community.spaces.models import Space

MAX_SPACES_SHOWN = 100
MAX_TABLE_CHARACTERS = 400_000


class OfferForm(forms.Form):
    """What whoever comes in is given: a unit, and spaces that the inviting person may offer."""

    key = KeyField()

    def __init__(self, data: Any = None, *, by: User, units: list[OrgUnit]) -> None:
        super().__init__(data)
        by_id = {unit.public_id: unit for unit in units}
        offered = {space.slug: space for space in spaces_to_offer(by)[:MAX_SPACES_SHOWN]}
        self.fields["unit"] = forms.TypedChoiceField(
            label=_("Unit"),
            required=False,
            choices=[("", _("None yet")), *unit_choices(units)],
            coerce=by_id.__getitem__,
            empty_value=None,
        )
        self.fields["is_guest"] = forms.BooleanField(
            label=_("As a guest from outside the company"),
            required=False,
            help_text=_("They see only the spaces chosen here and the people in them."),
        )
        self.fields["spaces"] = forms.TypedMultipleChoiceField(
            label=_("Spaces they join"),
            required=False,
            choices=[(slug, space.name) for slug, space in offered.items()],
            coerce=offered.__getitem__,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def given(self) -> dict[str, Any]:
        spaces: list[Space] = self.cleaned_data["spaces"]
        return {
            "unit": self.cleaned_data["unit"],
            "spaces": spaces,
            "is_guest": self.cleaned_data["is_guest"],
        }


class InvitationForm(OfferForm):
    email = forms.EmailField(label=_("Work mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    title = forms.CharField(
        label=_("Job title"),
        max_length=120,
        required=False,
        help_text=_("Left out, they say it themselves."),
    )

    def wish(self) -> Wish:
        same = {name: self.cleaned_data[name] for name in ("email", "name", "title")}
        return Wish(**same, **self.given)


class LinkForm(OfferForm):
    days = forms.IntegerField(label=_("Works for so many days"), initial=14, min_value=1)
    max_uses = forms.IntegerField(label=_("For at most so many people"), initial=25, min_value=1)

    def __init__(self, data: Any = None, *, by: User, units: list[OrgUnit]) -> None:
        super().__init__(data, by=by, units=units)
        self.fields["days"].help_text = _("At most %(days)s.") % {"days": MAX_DAYS}

    def terms(self) -> LinkTerms:
        same = {name: self.cleaned_data[name] for name in ("days", "max_uses")}
        return LinkTerms(**same, **self.given)


class BulkForm(forms.Form):
    """A table as a file or as text; checked holds the hash of the text whose check was shown."""

    file = forms.FileField(
        label=_("CSV file"), required=False, error_messages={"empty": _("The file is empty.")}
    )
    text = forms.CharField(
        label=_("Or the table itself"),
        required=False,
        strip=False,
        max_length=MAX_TABLE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "class": "mono", "spellcheck": "false"}),
    )
    checked = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the letter to them."),
    )


class NewcomerForm(forms.Form):
    """Whoever comes in by an invitation; the title only where a unit is given without one."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    title = forms.CharField(label=_("Your job title"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 15 characters. Several words do well."),
    )

    def __init__(self, data: Any = None, *, asks_title: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not asks_title:
            del self.fields["title"]


class AccountRequestForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    message = forms.CharField(
        label=_("Who you are"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("An admin reads it. Where you work, and with whom."),
    )


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Work mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
