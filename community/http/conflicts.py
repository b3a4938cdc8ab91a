"""Two people, or one in two tabs, edit one thing: the later one sees what the earlier one saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class EditConflict(Exception):  # noqa: N818 - the domain's word for it
    """Somebody saved something else in between; current is the object as it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__(_("Somebody changed this text while you were editing it."))
        self.current = current


class VersionField(forms.IntegerField):
    """The version that a form was made from, sent along unseen."""

    def __init__(self) -> None:
        sentence = gettext_lazy(
            "Copy your text and open this page again: it doesn't say which version you edited."
        )
        super().__init__(
            widget=forms.HiddenInput,
            min_value=1,
            error_messages=dict.fromkeys(("required", "invalid", "min_value"), sentence),
        )


@dataclass(frozen=True)
class Overlap:
    """A field that was saved with another value than the one that was typed."""

    label: str
    saved: str


def overlaps(form: forms.Form, saved: Mapping[str, Any]) -> list[Overlap]:
    """Compare what was typed with saved: initial values of form, by the names of its fields."""
    return [
        Overlap(str(bound.label), _as_read(bound.field, saved[bound.name]))
        for bound in form.visible_fields()
        if bound.field.has_changed(saved[bound.name], _plain(bound.data))
    ]


def _plain(value: Any) -> Any:
    """Browsers send other line ends than those that are stored."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _as_read(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, forms.ChoiceField):
        named: dict[Any, Any] = dict(field.choices)  # type: ignore[arg-type]  # no groups here
        return str(named.get(value, value))
    return str(value)
