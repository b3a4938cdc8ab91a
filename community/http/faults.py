"""The faults of a table, a hundred a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

# More would not be read before the file is made anew.
FAULTS_KEPT = 5_000
SHOWN = 100


@dataclass(frozen=True)
class FaultPage:
    """rows: [line, column, what is wrong]; newer and older: places for ?from=, None at an end."""

    rows: Sequence[Any]
    newer: int | None
    older: int | None


def fault_page(request: HttpRequest, faults: Sequence[Any]) -> FaultPage:
    """The page that the address asks for; the first one for a place that is none."""
    asked = request.GET.get("from", "")
    start = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    start = start if start < len(faults) else 0
    end = start + SHOWN
    return FaultPage(
        faults[start:end],
        max(0, start - SHOWN) if start else None,
        end if end < len(faults) else None,
    )
