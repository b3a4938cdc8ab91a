"""A form that is sent twice: its key, and whether the second time says something else."""

import json
from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseForm, CharField
from django.forms.widgets import HiddenInput
from django.utils.translation import gettext_lazy

from community.http.idempotency import MAX_KEY_LENGTH, SentKey, digest_of, new_key


class KeyField(CharField):
    """Sent along with a create, so that a repeat makes no second object."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=MAX_KEY_LENGTH,
            initial=new_key,
            error_messages={
                "max_length": gettext_lazy("Load this page again, please: its key is damaged.")
            },
            widget=HiddenInput,
        )


def note_what_came(form: BaseForm, sent: Mapping[str, Any]) -> None:
    """Give the key of a valid form a digest of what the browser sent along with it."""
    for name in _keys(form):
        form.cleaned_data[name] = SentKey.of(form.cleaned_data[name], _digest(form, sent))


def renew_keys(form: BaseForm) -> None:
    """Let form be sent again as something new."""
    fresh: Any = copy(form.data)
    for name in _keys(form):
        fresh[form.add_prefix(name)] = new_key()
    form.data = fresh


def _keys(form: BaseForm) -> Iterator[str]:
    return (name for name, field in form.fields.items() if isinstance(field, KeyField))


def _digest(form: BaseForm, sent: Mapping[str, Any]) -> str:
    values = {}
    for name, field in form.fields.items():
        if not isinstance(field, KeyField):
            value = field.widget.value_from_datadict(sent, form.files, form.add_prefix(name))
            is_file = isinstance(value, UploadedFile)
            values[name] = [value.name, value.size] if is_file else value
    return digest_of(json.dumps(values, default=str))
