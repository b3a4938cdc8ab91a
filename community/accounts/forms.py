"""What people say of themselves, and whom those who manage people add."""

from dataclasses import asdict
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.accounts.actions import Profile, profile_of
from community.accounts.models import User
from community.accounts.times import zone_names
from community.http.conflicts import VersionField


@cache
def time_zones() -> list[tuple[str, str]]:
    """The zones that are named after a place, and UTC."""
    left_out = ("Etc/", "SystemV/", "US/")
    named = [zone for zone in zone_names() if "/" in zone]
    places = sorted(zone for zone in named if not zone.startswith(left_out))
    return [(zone, zone.replace("_", " ")) for zone in ["UTC", *places]]


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(
        label=_("About you"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you work on and what colleagues may ask you."),
    )
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    locale = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)

    version = VersionField()

    def profile(self) -> Profile:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Profile(**typed)


class HandleForm(forms.Form):
    handle = forms.CharField(
        label=_("Handle"),
        max_length=39,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        help_text=_("Colleagues mention you by it: @handle. The old one leads to you as well."),
    )


def profile_as_typed(person: User) -> dict[str, Any]:
    """Return the initial values of ProfileForm."""
    return asdict(profile_of(person)) | {"version": person.profile_version}
