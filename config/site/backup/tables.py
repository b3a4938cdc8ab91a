"""What a table holds, in a form in which two databases can be compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True)
class Content:
    """How many rows, and the sum of their hashes: the order of the rows doesn't matter."""

    rows: int
    sum: str


def content_of(rows: Iterable[bytes]) -> Content:
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(blake2b(row, digest_size=16).digest())
    return Content(count, f"{total % 2**128:032x}")


Contents = dict[str, Content]


def difference(expected: Contents, found: Contents) -> str:
    """The first table that differs and how, or "" where all are equal."""
    for name in sorted(expected.keys() | found.keys()):
        one, other = expected.get(name), found.get(name)
        if one is None or other is None:
            return f"table {name} is in one of the two only"
        if one.rows != other.rows:
            return f"table {name} has {other.rows:,} rows instead of {one.rows:,}"
        if one != other:
            return f"table {name} has as many rows, but not the same"
    return ""
