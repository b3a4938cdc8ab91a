"""A form and the action behind it."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm

T = TypeVar("T")


def submit(form: BaseForm, write: Callable[[], T]) -> T | None:
    """Return what write made of a valid form; what it refuses stands at the form's fields.

    None means that the form must be shown again.
    """
    if not form.is_valid():
        return None
    try:
        return write()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def status_of(form: BaseForm) -> int:
    """422 for a form that is shown again with its errors, 200 for a fresh one."""
    return 422 if form.is_bound else 200
