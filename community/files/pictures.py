"""Reading pictures that somebody sent, and making the sizes that others see."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from community.files.models import WIDTHS, File

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
# WebP has no room for more.
MAX_SIDE = 16_383
QUALITY = 82
ROTATED = {5, 6, 7, 8}
ORIENTATION = 0x0112
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# Whatever Pillow's readers raise on bytes that only begin like a picture.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError)


def picture_size(content: IO[bytes]) -> tuple[int, int]:
    """Return width and height as the picture is looked at; reads no more than its header.

    Raises ValidationError for the field file where it can't be read or is too large.
    """
    content.seek(0)
    try:
        with Image.open(content, formats=FORMATS) as image:
            width, height = image.size
            _refuse_large(width, height)
            rotated = image.getexif().get(ORIENTATION) in ROTATED
    except BOMB as error:
        raise ValidationError({"file": _too_many_pixels()}) from error
    except UNREADABLE as error:
        raise ValidationError({"file": _("This picture can't be read; it is damaged.")}) from error
    return (height, width) if rotated else (width, height)


def _refuse_large(width: int, height: int) -> None:
    if width * height > settings.MAX_IMAGE_PIXELS:
        raise ValidationError({"file": _too_many_pixels()})
    if max(width, height) > MAX_SIDE:
        limit = {"limit": f"{MAX_SIDE:,}"}
        raise ValidationError({"file": _("A picture has at most %(limit)s pixels a side.") % limit})


def _too_many_pixels() -> str:
    return _("A picture has at most %(limit)s megapixels.") % {
        "limit": f"{settings.MAX_IMAGE_PIXELS / 1_000_000:g}"
    }


def write_sizes(file: File) -> list[int]:
    """Store the picture in each of its widths, and return those. Raises UNREADABLE."""
    with _upright(file) as image:
        for width in reversed(file.widths):
            height = max(1, round(image.height * width / image.width))
            size = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2)
            store_webp(file.stored_size(width), size)
    return list(file.widths)


def write_square(file: File, left: int, top: int, side: int, widths: Sequence[int]) -> list[int]:
    """Store a square of the picture in those widths that are no wider; as write_sizes()."""
    with _upright(file) as image:
        # It may have been read at a part of its size.
        scale = image.width / (file.width or image.width)
        box = (left * scale, top * scale, (left + side) * scale, (top + side) * scale)
        made = [width for width in widths if width <= side]
        for width in made:
            size = image.resize((width, width), Image.Resampling.LANCZOS, box)
            store_webp(file.stored_size(width), size)
    return made


def store_webp(name: str, image: Image.Image) -> None:
    """Store image without what cameras write beside it: place, time, device."""
    written = io.BytesIO()
    image.save(written, "WEBP", quality=QUALITY, exif=b"", xmp=b"", icc_profile=b"")
    # An attempt that was broken off may have left one.
    default_storage.delete(name)
    default_storage.save(name, ContentFile(written.getvalue()))


@contextmanager
def _upright(file: File) -> Iterator[Image.Image]:
    """The first frame of the picture, turned as it is looked at, in the browsers' colours."""
    with (
        default_storage.open(file.stored_as) as content,
        Image.open(content, formats=FORMATS) as image,
    ):
        # JPEG can be read at a half, a fourth or an eighth at once.
        image.draft(image.mode, (WIDTHS[-1], WIDTHS[-1]))
        ImageOps.exif_transpose(image, in_place=True)
        yield _in_srgb(image)


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):
        image = image.convert("L")
    plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if not profile or image.mode not in {"RGB", "RGBA"}:
        return plain
    # A broken profile costs the exact colours, not the picture.
    with suppress(ImageCms.PyCMSError, OSError):
        named = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ImageCms.profileToProfile(plain, named, ImageCms.createProfile("sRGB"), inPlace=True)
    return plain
