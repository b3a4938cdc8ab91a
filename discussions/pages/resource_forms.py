"""What people type to share, describe and rate resources."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.http.conflicts import VersionField
from community.http.repeats import KeyField
from community.spaces.models import Space
from discussions.pages.forms import grouped_spaces, space_field, tags_field, text_area
from discussions.resources.actions import MAX_SENTENCE
from discussions.resources.files import MAX_NOTE
from discussions.resources.keeping import Details
from discussions.resources.languages import LANGUAGES
from discussions.resources.models import Level, Resource

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STARS = [
    ("5", _("5, I would show it to everybody")),
    ("4", _("4, good")),
    ("3", _("3, of use")),
    ("2", _("2, hardly of use")),
    ("1", _("1, of no use")),
]


class DetailsForm(forms.Form):
    """What it takes, for whom, in which language; all of it optional."""

    use_required_attribute = False

    minutes = forms.IntegerField(
        label=_("Minutes it takes"),
        required=False,
        error_messages={"invalid": _("Give the minutes as a whole number, such as 12.")},
        widget=forms.NumberInput({"min": 1, "inputmode": "numeric"}),
    )
    level = forms.ChoiceField(
        label=_("For whom"), required=False, choices=[("", _("Everybody")), *Level.choices]
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("Not said")), *LANGUAGES]
    )

    def details(self) -> Details:
        data = self.cleaned_data
        return Details(data["minutes"], data["level"], data["language"])


def url_field() -> forms.CharField:
    attrs = {
        "type": "url",
        "inputmode": "url",
        "dir": "ltr",
        "autocomplete": "off",
        # Says while one types what is shared already.
        "hx-get": "/share/known",
        "hx-trigger": "input changed delay:300ms",
        "hx-target": "#known",
        "hx-sync": "this:replace",
    }
    return forms.CharField(
        label=_("Address of the page"),
        error_messages={"required": _("Paste the address of the page.")},
        widget=forms.TextInput(attrs),
    )


def title_field(hint: "StrPromise") -> forms.CharField:
    """hint: what it is called without one."""
    return forms.CharField(
        label=_("Title"),
        required=False,
        strip=False,
        help_text=hint,
        widget=forms.TextInput({"dir": "auto"}),
    )


class SharingForm(DetailsForm):
    """What links and files are shared with, beside a title."""

    source = forms.CharField(
        label=_("What is it good for?"),
        strip=False,
        error_messages={"required": _("Say in a sentence what it is good for.")},
        widget=text_area(4, _("Who needs it, when, and what to look at first.")),
    )
    space = space_field()
    tags = tags_field()
    key = KeyField()

    def __init__(self, *args: Any, spaces: Iterable[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].choices = grouped_spaces(spaces)  # type: ignore[attr-defined]  # ChoiceField


class ShareForm(SharingForm):
    """A link to share."""

    title = title_field(_("Leave it empty to take the page's own."))
    url = url_field()
    again = forms.BooleanField(label=_("Share it again all the same"), required=False)
    field_order = ["url", "title", "source", "space", "tags"]


class UploadForm(forms.Form):
    """A file: what comes with the form is stored at once, and its public id stands in file.

    refused says why it was not. What is wrong with the file stands at the input, upload.
    """

    upload = forms.FileField(label=_("File"))
    file = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(self, *args: Any, refused: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._refused = refused
        # Django looks for the file itself, which may have come with an earlier try.
        self.fields["upload"].required = not self.is_bound

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.fields["upload"].required = True
        if self._refused or not data.get("file"):
            self.add_error("file", [*self._refused] or _("Choose a file first."))
        return data

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error("upload" if field == "file" else field, error)


class ShareFileForm(UploadForm, SharingForm):
    """A file or a video to share."""

    title = title_field(_("Leave it empty to take the file's name."))
    field_order = ["upload", "title", "source", "space", "tags"]


class VersionForm(UploadForm):
    use_required_attribute = False

    note = forms.CharField(
        label=_("What is new in it?"),
        required=False,
        strip=False,
        widget=forms.TextInput({"dir": "auto", "maxlength": MAX_NOTE}),
    )
    key = KeyField()


class CaptionsForm(forms.Form):
    use_required_attribute = False

    language = forms.ChoiceField(label=_("Language"), choices=[("", _("Choose one")), *LANGUAGES])
    captions = forms.FileField(
        label=_("Captions"),
        help_text=_("A WebVTT (.vtt) or SubRip (.srt) file."),
        error_messages={
            "required": _("Choose a file with captions."),
            "empty": _("This file is empty."),
        },
        widget=forms.FileInput({"accept": ".vtt,.srt"}),
    )


class DescribeForm(DetailsForm):
    """The details of what is shared; a link has its address, too."""

    url = url_field()
    version = VersionField()
    field_order = ["url"]

    def __init__(self, *args: Any, resource: Resource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not hasattr(resource, "link"):
            del self.fields["url"]


class RatingForm(forms.Form):
    use_required_attribute = False

    stars = forms.ChoiceField(
        label=_("Your stars"),
        choices=STARS,
        error_messages={"required": _("Give it 1 to 5 stars.")},
    )
    sentence = forms.CharField(
        label=_("Why, in a sentence"),
        required=False,
        strip=False,
        widget=forms.TextInput({"dir": "auto", "maxlength": MAX_SENTENCE}),
    )
