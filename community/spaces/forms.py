"""What people send to open a space or to change one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.http.conflicts import VersionField
from community.http.repeats import KeyField
from community.spaces.actions import MAX_RULES, SpaceSettings
from community.spaces.models import Joining, Role, Space, Visibility
from community.spaces.requests import MAX_REASON

# Those of the sprite that say what a space is about.
ICON_CHOICES = [
    ("messages-square", _("Talk")),
    ("laptop", _("Laptop")),
    ("headset", _("Headset")),
    ("briefcase", _("Briefcase")),
    ("building-2", _("Building")),
    ("landmark", _("Landmark")),
    ("receipt", _("Receipt")),
    ("scale", _("Scales")),
    ("shield", _("Shield")),
    ("lock", _("Lock")),
    ("siren", _("Siren")),
    ("users", _("People")),
    ("graduation-cap", _("Graduation cap")),
    ("sprout", _("Sprout")),
    ("rocket", _("Rocket")),
    ("lightbulb", _("Light bulb")),
    ("wrench", _("Wrench")),
    ("server", _("Server")),
    ("code", _("Code")),
    ("truck", _("Truck")),
    ("package-check", _("Parcel")),
    ("globe", _("Globe")),
    ("map-pin", _("Map pin")),
    ("calendar", _("Calendar")),
    ("megaphone", _("Megaphone")),
    ("handshake", _("Handshake")),
    ("coffee", _("Coffee")),
    ("feather", _("Feather")),
    ("book-open", _("Book")),
    ("target", _("Target")),
]
HUES = [(number, str(number)) for number in range(1, 13)]


class SpaceForm(forms.Form):
    """What can be changed later as well."""

    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(
        label=_("What it is for"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two sentences, shown in the list of spaces."),
    )
    rules = forms.CharField(
        label=_("What belongs here"),
        max_length=MAX_RULES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Rules for those who write here, in Markdown."),
    )
    joining = forms.ChoiceField(
        label=_("Who comes in to a closed space"),
        choices=[(way.value, way.label) for way in (Joining.REQUEST, Joining.INVITATION)],
        widget=forms.RadioSelect,
        initial=Joining.REQUEST,
        required=False,
    )
    hue = forms.TypedChoiceField(
        label=_("Colour"), choices=HUES, coerce=int, widget=forms.RadioSelect, initial=1
    )
    icon = forms.ChoiceField(
        label=_("Picture"),
        choices=ICON_CHOICES,
        widget=forms.RadioSelect,
        initial="messages-square",
    )
    allows_down_votes = forms.BooleanField(
        label=_("Votes may also go down"), required=False, initial=True
    )
    allows_several_solutions = forms.BooleanField(
        label=_("A question may have several accepted answers"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """An icon that the space has from elsewhere stays among the choices."""
        super().__init__(*args, **kwargs)
        icon, field = self.initial.get("icon", "messages-square"), self.fields["icon"]
        assert isinstance(field, forms.ChoiceField)
        if icon not in dict(ICON_CHOICES):
            field.choices = [(icon, icon.replace("-", " ")), *ICON_CHOICES]

    def chosen(self, visibility: Visibility) -> SpaceSettings:
        fields: dict[str, Any] = dict(self.cleaned_data)
        fields.pop("key", None)
        fields.pop("version", None)
        joining = Joining(fields.pop("joining") or Joining.AT_ONCE)
        return SpaceSettings(**fields | {"visibility": visibility, "joining": joining})


class NewSpaceForm(SpaceForm):
    field_order = ["name", "description", "visibility", "joining"]

    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        initial=Visibility.OPEN,
    )
    key = KeyField()


class SettingsForm(SpaceForm):
    version = VersionField()


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Role.MEMBER, _("Member: reads and writes")),
            (Role.MODERATOR, _("Moderator: also tidies up, lets people in and puts them out")),
            (Role.OWNER, _("Owner: also changes settings and roles")),
        ],
        widget=forms.RadioSelect,
    )


class HandOverForm(forms.Form):
    person = forms.CharField(label=_("Handle of the new owner"), max_length=120)
    leaves = forms.BooleanField(label=_("Leave the space afterwards"), required=False)


class RequestAnswerForm(forms.Form):
    reason = forms.CharField(
        label=_("A word to them"),
        required=False,
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("They read it with your answer."),
    )


def settings_of(space: Space) -> dict[str, Any]:
    """Return the initial values of SettingsForm; only closed spaces say who comes in."""
    same = ("name", "description", "hue", "icon", "allows_down_votes", "allows_several_solutions")
    return {name: getattr(space, name) for name in same} | {
        "rules": space.rules_source,
        "joining": space.joining if space.visibility == Visibility.CLOSED else "",
        "version": space.settings_version,
    }
