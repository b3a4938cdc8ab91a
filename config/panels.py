"""Which boxes stand on which page, in order; community/http/panels loads this by name."""

from collections.abc import Sequence

from community.http.panels import MakePanel

PANELS: dict[str, Sequence[MakePanel]] = {}
