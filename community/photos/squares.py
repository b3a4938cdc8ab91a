"""The part of a picture that becomes a photo."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files import File as Content
from django.utils.translation import gettext as _

from community.files.media_types import PICTURES, media_type
from community.files.pictures import picture_size

SMALLEST_SIDE = 64


@dataclass(frozen=True)
class Square:
    """Left, top and side in pixels of the picture as it is looked at."""

    left: int
    top: int
    side: int


def checked_square(content: "Content[bytes]", square: Square | None) -> Square:
    """Return square, the largest one in the middle for None. ValidationError for the field file."""
    if not content.size or media_type(content) not in PICTURES:
        raise ValidationError({"file": _("Choose a picture: PNG, JPEG, GIF or WebP.")})
    width, height = picture_size(content)
    limit = {"limit": SMALLEST_SIDE}
    if min(width, height) < SMALLEST_SIDE:
        raise ValidationError({"file": _("A photo needs %(limit)s pixels a side.") % limit})
    if square is None:
        side = min(width, height)
        return Square((width - side) // 2, (height - side) // 2, side)
    inside = square.left + square.side <= width and square.top + square.side <= height
    if min(square.left, square.top) < 0 or square.side < SMALLEST_SIDE or not inside:
        raise ValidationError(
            {"file": _("Choose a square in the picture, at least %(limit)s pixels wide.") % limit}
        )
    return square
