"""What comes with a posted text: files, which scripts send before (js/attach.js), and its draft."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.files.actions import FILES_A_MINUTE, store_file
from community.files.models import File
from community.http.forms import submit
from community.http.rate import count_request
from community.http.requests import member
from community.http.uploads import name_of
from community.outbox.recording import along
from community.text.escaping import escape_text
from discussions.drafts.actions import forget_draft
from discussions.drafts.places import Place
from discussions.pages.drafting import sent_version

T = TypeVar("T")


class Sent:
    """What was posted: data is its fields, the files stored and named at the end of source.

    Where the text will be refused anyway, may_store is False, and no file is kept of it.
    """

    def __init__(self, request: HttpRequest, *, may_store: bool = True) -> None:
        self._posted = request.POST
        self.data = request.POST.copy()
        self._by = member(request)
        self._refused: list[str] = []
        for sent in request.FILES.getlist("files") if may_store else ():
            try:
                file = self._store(sent)
            except ValidationError as error:
                self._refused += [f"{sent.name}: {sentence}" for sentence in error.messages]
            else:
                self.data["source"] = f"{self.source.rstrip()}\n\n{markup(file)}".lstrip()

    def _store(self, sent: "UploadedFile[bytes]") -> File:
        if count_request("files", self._by.public_id) > FILES_A_MINUTE:
            limit = {"limit": FILES_A_MINUTE}
            raise ValidationError(_("At most %(limit)s files are sent in a minute.") % limit)
        return store_file(sent, by=self._by, name=name_of(sent))

    @property
    def source(self) -> str:
        return self.data.get("source", "")

    def submit(self, form: forms.Form, write: Callable[[], T], *, place: Place) -> T | None:
        """As community.http.forms.submit(), but nothing is written without a file that was sent.

        The draft at place goes with what is written.
        """

        def checked() -> T:
            if self._refused:
                raise ValidationError({"source": self._refused})
            with along(lambda: self._forget(place)):
                return write()

        # A repeat stores its files under other names.
        return submit(form, checked, sent=self._posted)

    def _forget(self, place: Place) -> None:
        forget_draft(place, by=self._by, version=sent_version(self.data))


def markup(file: File) -> str:
    """How a text shows file, or links it."""
    if not file.is_picture:
        return f"[{escape_text(file.name)}]({file.get_absolute_url()})"
    name = file.name.rpartition(".")[0] or file.name
    return f"![{escape_text(name)}]({file.get_absolute_url()})"
