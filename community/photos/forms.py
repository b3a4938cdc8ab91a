"""The picture and the square that becomes the photo."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.photos.squares import Square


class PhotoForm(forms.Form):
    """left, top and side are filled in by js/photo.js; without them the middle is taken."""

    photo = forms.FileField(
        label=_("Picture"),
        error_messages={
            "required": _("Choose a picture first."),
            "empty": _("This file is empty."),
        },
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/gif,image/webp"}),
    )
    left = forms.IntegerField(required=False, widget=forms.HiddenInput)
    top = forms.IntegerField(required=False, widget=forms.HiddenInput)
    side = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def square(self) -> Square | None:
        chosen = [self.cleaned_data[name] for name in ("left", "top", "side")]
        return None if None in chosen else Square(*chosen)
