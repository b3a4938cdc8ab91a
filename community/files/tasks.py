"""Making the sizes of a picture, outside of the request that brought it."""

import logging

from community.files.media_types import DOWNLOAD
from community.files.models import File
from community.files.pictures import BOMB, UNREADABLE, write_sizes
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.outbox.recording import action

logger = logging.getLogger(__name__)


@job()
def make_sizes(context: JobContext, file_id: int) -> None:
    """Make the picture's sizes; one that turns out to be damaged becomes a file to save."""
    file = File.objects.filter(pk=file_id).first()
    if file is None or file.made_widths or not file.is_picture:
        return
    try:
        widths = write_sizes(file)
    except FileNotFoundError:
        # Removed in the meantime, or a storage that lost it, which an admin should hear of.
        if File.objects.filter(pk=file_id).exists():
            raise
    except (*BOMB, *UNREADABLE):
        logger.info("Picture %s can't be read", file.public_id)
        _note(file, media_type=DOWNLOAD, width=None, height=None)
    else:
        note_sizes(file, widths)


def note_sizes(file: File, widths: list[int]) -> None:
    """Say that the picture can be shown."""
    _note(file, made_widths=widths)


@action
def _note(file: File, **columns: object) -> None:
    File.objects.filter(pk=file.pk).update(**columns)
