"""Permission filters that let everything through: a pytest plugin that applies one of them.

`pytest -p tests.proof.mutants` with GUILDHALL_MUTANT=community.spaces.access:can_read.
"""

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

from django.apps import apps

VARIABLE = "GUILDHALL_MUTANT"
AREAS = ("community", "discussions", "expertise", "learning", "search")
FILTERS = ("visible_to", "listed_for", "deleted_for", "shown_to")
DECISIONS = ("can_", "require_", "moderates", "owns")


def mutants() -> Iterator[str]:
    """Yield every filter of a queryset and every decision of an access module, as module:name."""
    for model in apps.get_models():
        kind = getattr(model._default_manager, "_queryset_class", None)
        if kind is not None and model._meta.app_label in AREAS:
            yield from (
                f"{kind.__module__}:{kind.__name__}.{n}" for n in FILTERS if n in vars(kind)
            )
    root = Path(__file__).parents[2]
    for path in sorted(path for area in AREAS for path in (root / area).glob("*/access.py")):
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        for name, found in vars(importlib.import_module(module)).items():
            own = isinstance(found, FunctionType) and found.__module__ == module
            if own and name.startswith(DECISIONS):
                yield f"{module}:{name}"


def mutate(mutant: str) -> None:
    """Replace the code itself, so that whoever imported the function gets the mutant too."""
    module, _, path = mutant.partition(":")
    found: Any = importlib.import_module(module)
    for name in path.split("."):
        found = getattr(found, name)
    name = found.__name__
    stand_in = _everything if name in FILTERS else _nothing if "require" in name else _yes
    found.__code__ = stand_in.__code__


def _everything(self: Any, *args: Any, **kwargs: Any) -> Any:
    return self.all()


def _nothing(*args: Any, **kwargs: Any) -> None:
    return None


def _yes(*args: Any, **kwargs: Any) -> bool:
    return True


def pytest_collection_finish() -> None:
    if mutant := os.environ.get(VARIABLE):
        mutate(mutant)
