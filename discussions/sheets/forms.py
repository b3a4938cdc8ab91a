from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("In UTF-8, with the names of the columns in the first line."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = settings.MAX_SHEET_BYTES
        if (sent.size or 0) > limit:
            raise ValidationError(
                _("A file has at most %(limit)s bytes; this has %(size)s: split it.")
                % {"limit": f"{limit:,}", "size": f"{sent.size:,}"}
            )
        return sent
