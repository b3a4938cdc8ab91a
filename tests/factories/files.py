"""Files for tests, stored by the product's own actions."""

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from community.accounts.models import User
from community.files.actions import store_file
from community.files.models import File
from community.files.tasks import make_sizes

GREEN = (40, 160, 90)


def picture_bytes(width: int = 40, height: int = 20, kind: str = "PNG", **written: Any) -> bytes:
    """A picture with a red corner at the top left, so that one sees which way up it is."""
    image = Image.new("RGB", (width, height), GREEN)
    image.paste((220, 30, 30), (0, 0, max(1, width // 4), max(1, height // 4)))
    found = io.BytesIO()
    image.save(found, kind, **written)
    return found.getvalue()


def make_file(by: User, content: bytes = b"Plain words.\n", name: str = "notes.txt") -> File:
    return store_file(ContentFile(content), by=by, name=name)


def make_picture(by: User, *, made: bool = True, name: str = "plan.png", **drawn: Any) -> File:
    """A picture with its sizes; made=False leaves those to the worker."""
    file = make_file(by, picture_bytes(**drawn), name)
    if made:
        run_make_sizes(file)
    return file


def run_make_sizes(file: File) -> None:
    """What the worker does after an upload."""
    make_sizes.function(None, file.pk)
    file.refresh_from_db()


def make_film(by: User, name: str = "film.webm") -> File:
    """What counts as a video; a browser has nothing to play in it."""
    return make_file(by, b"\x1aE\xdf\xa3" + bytes(2_000), name)
