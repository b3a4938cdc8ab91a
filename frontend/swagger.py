"""Swagger UI from the package drf-spectacular-sidecar: the files that the reference page loads."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import drf_spectacular_sidecar
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

SOURCE = Path(drf_spectacular_sidecar.__file__).parent / "static" / "drf_spectacular_sidecar"
# The package holds three times as much; the map is named by the stylesheet.
NAMES = tuple(
    f"swagger-ui-dist/{name}"
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "swagger-ui.css.map")
)


class SwaggerFinder(BaseFinder):
    """Offers NAMES, under the names that they have in the package."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False) -> Any:
        """Return where path is, in a list where all matches are asked for."""
        if path not in NAMES:
            return [] if find_all else None
        found = str(SOURCE / path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in NAMES:
            if not matches_patterns(name, ignore_patterns):
                yield name, FileSystemStorage(location=SOURCE)
