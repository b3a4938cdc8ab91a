"""Several checks and one answer, which names every fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError


class Refusals:
    """Collects what checks of fields say, so that nobody mends one fault to hear of the next."""

    def __init__(self) -> None:
        self._errors: dict[str, list[ValidationError]] = {}

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Keep a ValidationError that the block raises for raise_any()."""
        try:
            yield
        except ValidationError as error:
            error.update_error_dict(self._errors)

    def raise_any(self) -> None:
        """Raises ValidationError with all that was collected, if anything was."""
        if self._errors:
            raise ValidationError(self._errors)
