"""Boxes that other areas put on a page: the table in config/panels.py, loaded by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Panel:
    template: str
    context: dict[str, Any] = field(default_factory=dict)


# (request, what the page is about) -> the box, or None where it has nothing to say.
# At most 2 queries.
MakePanel = Callable[[HttpRequest, Any], Panel | None]


def render_panels(request: HttpRequest, page: str, subject: Any = None) -> list[SafeString]:
    """Return the boxes of a page such as "today", "space", "profile" in the table's order."""
    table: Mapping[str, Sequence[MakePanel]] = import_string(settings.PANELS)
    made = [make(request, subject) for make in table.get(page, ())]
    return [render_to_string(box.template, box.context, request) for box in made if box]
