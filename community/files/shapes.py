"""Files as programs get them."""

from typing import TypedDict

from community.files.models import File
from community.http.api.shapes import Time, written


class FileShape(TypedDict):
    id: str
    name: str
    media_type: str
    # In bytes, as it was sent.
    size: int
    is_picture: bool
    created_at: Time
    # What a text names to show or link it.
    url: str


def file_shape(file: File) -> FileShape:
    return {
        "id": file.public_id,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "is_picture": file.is_picture,
        "created_at": written(file.created_at),
        "url": file.get_absolute_url(),
    }
