"""Why something is saved, and when to be reminded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from discussions.saved.actions import MAX_NOTE_LENGTH

# As browsers send it.
TIME = "%Y-%m-%dT%H:%M"


class NoteForm(forms.Form):
    use_required_attribute = False

    note = forms.CharField(
        label=_("Note"),
        required=False,
        help_text=_("Why you saved it. Only you see it."),
        widget=forms.TextInput({"maxlength": str(MAX_NOTE_LENGTH), "dir": "auto"}),
    )
    remind_at = forms.DateTimeField(
        label=_("Remind me on"),
        required=False,
        help_text=_("In your time zone. It shows on Today then."),
        input_formats=[TIME, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("Choose a day and a time, such as 2027-01-31 09:00.")},
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=TIME),
    )
