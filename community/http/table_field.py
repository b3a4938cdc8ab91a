"""The field of a form that takes a CSV file, the same wherever people send one."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class TableField(forms.FileField):
    """limit names the setting that says how many bytes the file may have."""

    def __init__(self, *, limit: str) -> None:
        super().__init__(
            label=gettext_lazy("CSV file"),
            help_text=gettext_lazy("In UTF-8, with the names of the columns in the first line."),
            widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
            error_messages={"empty": gettext_lazy("The file is empty.")},
        )
        self._limit = limit

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[bytes]":
        sent: UploadedFile[bytes] = super().clean(data, initial)
        require_size(sent, self._limit)
        return sent


def require_size(sent: "UploadedFile[bytes]", limit_name: str) -> None:
    """Raise ValidationError where sent has more bytes than the setting limit_name says."""
    limit = getattr(settings, limit_name)
    if (sent.size or 0) > limit:
        raise ValidationError(
            _("A file has at most %(limit)s bytes; this has %(size)s: split it.")
            % {"limit": f"{limit:,}", "size": f"{sent.size:,}"}
        )
