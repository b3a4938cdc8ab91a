"""How a text shows a picture of this site: in its place from the start, in the size that fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

# As wide as prose.css lets a text be, and a phone.
SIZES = "(min-width: 46rem) 43rem, 92vw"
MIDDLE_WIDTH = 960
SRCSET = r"(?:/f/[2-9A-Za-z]{10}/[^/?#\s,]+\?w=\d{1,4} \d{1,4}w(?:, |\Z)){1,3}"


@dataclass(frozen=True)
class Picture:
    """Its address, its own width and height in pixels, and the widths it comes in, ascending."""

    url: str
    width: int
    height: int
    widths: tuple[int, ...]

    def address(self, width: int) -> str:
        return f"{self.url}?w={width}"

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height of the widest one."""
        width = self.widths[-1]
        return width, max(1, round(self.height * width / self.width))

    def html(self, description: str, title: str = "") -> str:
        """An img that takes its room before it is loaded."""
        middle = next((w for w in self.widths if w >= MIDDLE_WIDTH), self.widths[-1])
        srcset = ", ".join(f"{self.address(width)} {width}w" for width in self.widths)
        width, height = self.shown
        named = f' title="{escape(title)}"' if title else ""
        return (
            f'<img src="{self.address(middle)}" srcset="{srcset}" sizes="{SIZES}" width="{width}"'
            f' height="{height}" alt="{escape(description)}"{named} loading="lazy">'
        )


Pictures = Mapping[str, Picture]
"""Public id of the file to picture; those that a text may show."""
