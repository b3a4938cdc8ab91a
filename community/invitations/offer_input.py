"""What programs say that whoever comes in is given."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from community.accounts.access import units_named
from community.accounts.models import User
from community.http.api.fields import Flag, Input, Text
from community.spaces.access import spaces_named

MAX_SPACES = 100


class OfferInput(Input):
    unit = Text(
        required=False, allow_null=True, default=None, help_text="The id of a unit; null for none."
    )
    spaces = serializers.ListField(
        child=Text(),
        required=False,
        default=list,
        max_length=MAX_SPACES,
        help_text="Slugs of spaces that they join: open ones, and those that you look after.",
    )
    is_guest = Flag(
        required=False, default=False, help_text="From outside; sees these spaces alone."
    )


def offer_sent(sent: Mapping[str, Any], by: User) -> dict[str, Any]:
    """Return what Wish and LinkTerms take, with unit and spaces in place of their names."""
    unit = sent["unit"]
    return {
        **sent,
        "unit": units_named([unit], "unit", viewer=by)[0] if unit else None,
        "spaces": spaces_named(sent["spaces"], "spaces", viewer=by),
    }
