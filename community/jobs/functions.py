"""Functions that the worker may call by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string


@dataclass(frozen=True)
class JobFunction:
    """A function `(context, *ids)` that may be called again: after a failure or a killed worker."""

    function: Callable[..., object]
    max_attempts: int

    @property
    def name(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}"

    def __call__(self, *args: Any) -> object:
        return self.function(*args)


def job(*, max_attempts: int = 5) -> Callable[[Callable[..., object]], JobFunction]:
    """Make a module's function a job, to be given to enqueue().

    The function gets a JobContext and the plain JSON values that enqueue() was given. It runs at
    least once: what an attempt finds done it must not do again.
    """
    return lambda function: JobFunction(function, max_attempts)


def find_function(name: str) -> JobFunction:
    """Return the job of that dotted name. Raises ImportError where there is none."""
    found = import_string(name)
    if not isinstance(found, JobFunction):
        raise ImportError(f"{name} is no job.")
    return found
