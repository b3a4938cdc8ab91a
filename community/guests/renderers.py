"""Answers of the API as the person who asks is told them."""

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import JSONRenderer

from community.guests.names import data_as_told_to


class AsToldTo(JSONRenderer):
    """JSON; a guest's names only people whom the guest sees."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> Any:
        # Nobody is known where the request was refused before anybody looked who asks.
        viewer = renderer_context["request"].user if renderer_context else None
        if viewer and viewer.is_authenticated and viewer.is_guest:
            data = data_as_told_to(viewer, data)
        return super().render(data, accepted_media_type, renderer_context)
