"""The pictures of the demo company, drawn from pictures.toml: the same bytes each time.

A text of the demo shows one as `![what it shows](drawn:name)`.
"""

import io
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from community.accounts.models import User
from community.files.actions import store_file

PLAN = Path(__file__).with_name("pictures.toml")
DRAWN = re.compile(r"\(drawn:([a-z0-9-]+)\)")
SIZE = WIDTH, HEIGHT = 1200, 640
# The room that axes and bars have; left, top, right, bottom.
FRAME = LEFT, TOP, RIGHT, BOTTOM = 130, 120, 1150, 560
INK, PALE, PAPER = "#22302c", "#d5dcd8", "#fbfaf6"
COLOURS = ("#1f6f5c", "#c0642f", "#4a6fb5", "#9a5b9e")

Drawing = ImageDraw.ImageDraw
Facts = dict[str, Any]


def with_pictures(text: str, author: User) -> str:
    """Return text with its pictures stored as files of author."""
    return DRAWN.sub(lambda found: f"({_stored(found[1], author)})", text)


def _stored(name: str, author: User) -> str:
    content = ContentFile(drawn(name))
    return store_file(content, by=author, name=f"{name}.png").get_absolute_url()


def drawn(name: str) -> bytes:
    """The picture of that name as PNG. Raises KeyError."""
    facts = plan()[name]
    image = Image.new("RGB", SIZE, PAPER)
    drawing = ImageDraw.Draw(image)
    drawing.text((50, 36), facts["title"], fill=INK, font=font(34))
    KINDS[facts["kind"]](drawing, facts)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


@cache
def plan() -> dict[str, Facts]:
    return tomllib.loads(PLAN.read_text(encoding="utf-8"))


@cache
def font(points: int) -> Any:
    """The font that comes with Pillow."""
    return ImageFont.load_default(points)


def draw_bars(drawing: Drawing, facts: Facts) -> None:
    """Values by name, from the top down, the number behind each bar."""
    most = max(facts["values"].values())
    step = (BOTTOM - TOP) / len(facts["values"])
    for place, (name, value) in enumerate(facts["values"].items()):
        top = TOP + place * step
        end = 400 + (RIGHT - 520) * value / most
        drawing.text((50, top + step / 2), name, fill=INK, font=font(24), anchor="lm")
        half = min(step / 2 - 8, 40)
        middle = top + step / 2
        drawing.rectangle((400, middle - half, end, middle + half), fill=COLOURS[0])
        shown = f"{value:,}{facts.get('unit', '')}"
        drawing.text((end + 12, top + step / 2), shown, fill=INK, font=font(24), anchor="lm")


def draw_lines(drawing: Drawing, facts: Facts) -> None:
    """One or more rows of values over the same steps."""
    rows: dict[str, list[float]] = facts["rows"]
    low = min(0, *(min(values) for values in rows.values())) if facts.get("zero", True) else None
    low = low if low is not None else min(min(values) for values in rows.values())
    high = max(max(values) for values in rows.values())
    for part in range(5):
        value = low + (high - low) * part / 4
        y = BOTTOM - (BOTTOM - TOP) * part / 4
        drawing.line((LEFT, y, RIGHT, y), fill=PALE, width=2)
        drawing.text((LEFT - 14, y), f"{value:,.0f}", fill=INK, font=font(20), anchor="rm")
    _draw_steps(drawing, facts["steps"])
    for place, (name, values) in enumerate(rows.items()):
        points = [
            (
                LEFT + (RIGHT - LEFT) * number / (len(values) - 1),
                BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low),
            )
            for number, value in enumerate(values)
        ]
        drawing.line(points, fill=COLOURS[place], width=5, joint="curve")
        drawing.rectangle(
            (LEFT + place * 330, 88, LEFT + 26 + place * 330, 98), fill=COLOURS[place]
        )
        drawing.text((LEFT + 36 + place * 330, 93), name, fill=INK, font=font(20), anchor="lm")


def _draw_steps(drawing: Drawing, steps: list[str]) -> None:
    for number, step in enumerate(steps):
        x = LEFT + (RIGHT - LEFT) * number / (len(steps) - 1)
        drawing.text((x, BOTTOM + 24), step, fill=INK, font=font(20), anchor="mm")


def draw_boxes(drawing: Drawing, facts: Facts) -> None:
    """Boxes on a grid of hundredths, and arrows between them."""
    places = {box["name"]: _corners(box) for box in facts["boxes"]}
    for start, end in facts.get("arrows", []):
        _draw_arrow(drawing, places[start], places[end])
    for box in facts["boxes"]:
        corners = places[box["name"]]
        colour = COLOURS[box.get("colour", 0)]
        drawing.rounded_rectangle(corners, 14, fill="white", outline=colour, width=4)
        middle = ((corners[0] + corners[2]) / 2, (corners[1] + corners[3]) / 2)
        text = f"{box['name']}\n{box['note']}" if "note" in box else box["name"]
        drawing.multiline_text(middle, text, fill=INK, font=font(22), anchor="mm", align="center")


def _corners(box: Facts) -> tuple[float, float, float, float]:
    left, top, width, height = box["at"]
    x, y = left * WIDTH / 100, top * HEIGHT / 100
    return x, y, x + width * WIDTH / 100, y + height * HEIGHT / 100


def _draw_arrow(
    drawing: Drawing,
    start: tuple[float, float, float, float],
    end: tuple[float, float, float, float],
) -> None:
    """From the right edge of one box to the left edge of the other."""
    x, y = end[0] - 4, (end[1] + end[3]) / 2
    drawing.line((start[2], (start[1] + start[3]) / 2, x, y), fill=INK, width=3)
    drawing.polygon([(x, y), (x - 16, y - 9), (x - 16, y + 9)], fill=INK)


def draw_window(drawing: Drawing, facts: Facts) -> None:
    """A window of a program: fields with what stands in them, one of them marked."""
    drawing.rounded_rectangle((50, 100, 1150, 600), 16, fill="white", outline=PALE, width=3)
    step = 480 / len(facts["fields"])
    for place, (name, value) in enumerate(facts["fields"].items()):
        y = 110 + place * step
        marked = name == facts.get("marked")
        drawing.text((90, y + step / 2), name, fill=INK, font=font(26), anchor="lm")
        drawing.rounded_rectangle(
            (520, y + 12, 1100, y + step - 12),
            8,
            fill="#fff4e8" if marked else PAPER,
            outline=COLOURS[1] if marked else PALE,
            width=5 if marked else 3,
        )
        drawing.text((545, y + step / 2), value, fill=INK, font=font(26), anchor="lm")


KINDS: dict[str, Callable[[Drawing, Facts], None]] = {
    "bars": draw_bars,
    "lines": draw_lines,
    "boxes": draw_boxes,
    "window": draw_window,
}
