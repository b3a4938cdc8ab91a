"""What those who manage people send about audiences and default spaces."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.accounts.fields import PeopleField
from community.accounts.models import OrgUnit, User
from community.accounts.queries import unit_choices
from community.audiences.actions import MAX_NAMED, Members
from community.audiences.models import Audience
from community.audiences.queries import named_in, units_of
from community.http.conflicts import VersionField
from community.http.repeats import KeyField
from community.spaces.models import Space


class AudienceForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    description = forms.CharField(
        label=gettext_lazy("What it is for"), max_length=300, required=False
    )
    key = KeyField()

    def __init__(
        self, data: Any = None, *, by: User, units: list[OrgUnit], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        by_id = {unit.public_id: unit for unit in units}
        self.fields["people"] = PeopleField(
            by,
            limit=MAX_NAMED,
            widget=forms.Textarea(attrs={"rows": 3}),
            label=gettext_lazy("People"),
            help_text=gettext_lazy("Handles with blanks between: @ada @ben"),
        )
        self.fields["units"] = forms.TypedMultipleChoiceField(
            label=gettext_lazy("Units, with everybody below them"),
            required=False,
            choices=unit_choices(units),
            coerce=by_id.__getitem__,
            widget=forms.CheckboxSelectMultiple,
        )

    def members(self) -> Members:
        same = ("name", "description", "people", "units")
        return Members(**{name: self.cleaned_data[name] for name in same})


class AudienceEditForm(AudienceForm):
    version = VersionField()


def as_typed(audience: Audience) -> dict[str, Any]:
    """Return the initial values of AudienceEditForm; two queries."""
    return {
        "name": audience.name,
        "description": audience.description,
        "people": " ".join(f"@{person.handle}" for person in named_in(audience)),
        "units": [unit.public_id for unit in units_of(audience)],
        "version": audience.version,
    }


class SpaceChoiceForm(forms.Form):
    """One of these spaces, by its slug."""

    def __init__(self, data: Any = None, *, spaces: list[Space]) -> None:
        super().__init__(data)
        by_slug = {space.slug: space for space in spaces}
        self.fields["space"] = forms.TypedChoiceField(
            label=gettext_lazy("Space"),
            choices=[(slug, space.name) for slug, space in by_slug.items()],
            coerce=by_slug.__getitem__,
        )


class DefaultSpaceForm(SpaceChoiceForm):
    """The unit is chosen, never the first one by chance: all newcomers may follow from it."""

    def __init__(self, data: Any = None, *, spaces: list[Space], units: list[OrgUnit]) -> None:
        super().__init__(data, spaces=spaces)
        by_id = {unit.public_id: unit for unit in units}
        self.fields["unit"] = forms.TypedChoiceField(
            label=gettext_lazy("New people of"),
            choices=[("", _("Choose a unit")), *unit_choices(units)] if units else [],
            coerce=by_id.__getitem__,
        )
