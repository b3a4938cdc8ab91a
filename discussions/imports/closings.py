from collections.abc import Sequence
from sqlite3 import Row

# What the numbers mean in the comment of a history row that closes. Source: Stack Exchange's
# description of its dump.
_REASONS = {
    "1": "Exact duplicate",
    "2": "Off-topic",
    "3": "Not constructive",
    "4": "Not a real question",
    "7": "Too localized",
    "10": "General reference",
    "20": "Noise or pointless",
    "101": "Duplicate",
    "102": "Off-topic",
    "103": "Needs details or clarity",
    "104": "Needs more focus",
    "105": "Opinion-based",
}


def closing_reason(closings: Sequence[Row], *, is_duplicate: bool, system: str) -> str:
    """Why a question was closed for the last time, as far as the source says."""
    number = closings[-1]["comment"] if closings else None
    unknown = "Duplicate" if is_duplicate else f"Closed at {system}"
    return _REASONS.get(number or "", unknown)
