"""Files in an export, each by its public id."""

from django.core.files.storage import default_storage

from community.files.models import File
from discussions.exports.archive import Archive


def name_of(file: File) -> str:
    """Where it stands in the archive."""
    suffix = "webp" if _widest(file) else file.name.rpartition(".")[2][:10]
    return f"files/{file.public_id}.{suffix}"


def write_file(archive: Archive, file: File) -> None:
    """A picture as readers see it: what was sent may say where it was taken."""
    if file.is_picture and not file.made_widths:
        return
    widest = _widest(file)
    stored = file.stored_size(widest) if widest else file.stored_as
    try:
        with default_storage.open(stored) as source:
            archive.write_file(name_of(file), source)
    except FileNotFoundError:
        return  # removed since


def _widest(file: File) -> int:
    return file.made_widths[-1] if file.is_picture and file.made_widths else 0
