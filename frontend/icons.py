"""The names of the icons in the sprite; a page or a space can use no other."""

from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "icons.txt"


@cache
def names() -> tuple[str, ...]:
    """Names as lucide gives them, sorted."""
    return tuple(LIST.read_text(encoding="utf-8").split())
