"""A form and the action behind it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm, ChoiceField, Field
from django.forms.widgets import Input
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.http.idempotency import KeyUsedAgain
from community.http.repeats import note_what_came, renew_keys

T = TypeVar("T")
_REPEATED = gettext_lazy(
    "This form was sent before, with something else in it, which is kept. "
    "Send it again to add what stands here now as well."
)


def submit(
    form: BaseForm, write: Callable[[], T], *, sent: Mapping[str, Any] | None = None
) -> T | None:
    """Return what write made of a valid form; what it refuses stands at the form's fields.

    What belongs to none of them stands above the form. None means that it must be shown again.
    sent is what the browser sent, where the form's data is something else.
    """
    for field in form.fields.values():
        _use_our_words(field)
    if not form.is_valid():
        show_as_typed(form)
        return None
    note_what_came(form, form.data if sent is None else sent)
    try:
        return write()
    except KeyUsedAgain:
        # Whoever goes back in the browser and writes something else must not lose it.
        renew_keys(form)
        form.add_error(None, _REPEATED)
    except PermissionDenied as error:
        # Such as a topic that was closed while somebody wrote: the text must not be lost.
        form.add_error(None, str(error))
    except ValidationError as error:
        for name, errors in error.update_error_dict({}).items():
            form.add_error(name if name in form.fields else None, errors)
    return None


def _use_our_words(field: Field) -> None:
    """Django's "This field is required." names neither the field nor what to do."""
    said, label = field.error_messages, field.label
    if said["required"] is Field.default_error_messages["required"]:
        said["required"] = _("Fill this in: %(label)s.") % {"label": label}
    if said.get("invalid_choice") is ChoiceField.default_error_messages["invalid_choice"]:
        said["invalid_choice"] = _("Choose one from the list: %(label)s.") % {"label": label}
    limit = getattr(field, "max_length", None)
    if limit:
        sentence = _("Shorten this to at most %(limit)s characters: %(label)s.")
        said.setdefault("max_length", sentence % {"limit": limit, "label": label})


def show_as_typed(form: BaseForm) -> None:
    """Keep what is wrong in sight: a browser empties a field of days or numbers that holds text."""
    for name in form.errors.keys() & form.fields.keys():
        widget = form.fields[name].widget
        if isinstance(widget, Input) and widget.input_type in {"date", "datetime-local", "number"}:
            widget.input_type = "text"


def status_of(form: BaseForm) -> int:
    """422 for a form that is shown again with its errors, 200 for a fresh one."""
    return 422 if form.is_bound else 200
